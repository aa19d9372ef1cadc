import datetime as dt

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring import jobs
from hiring.choices import CandidacyState, OfferState, StageKind
from hiring.commands import offer as offers
from hiring.commands import offer_answer as commands
from hiring.models import Candidacy, Candidate, Offer
from people.commands import accept_invitation
from people.models import Employment, Invitation, Notification, User
from tests.cast import LONG_AGO, PASSWORD, make_cast
from tests.hiring.offering import make_offer
from tests.races import two_at_once
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def answer(offer, *, accepts=True, candidate=None, **given) -> Offer:
    candidate = candidate or offer.candidacy.candidate
    return commands.answer_offer(candidate=candidate, offer_id=offer.pk, accepts=accepts, **given)


def test_yes_hires_invites_and_tells(cast):
    offer = make_offer(cast, "sent")
    answer(offer, note=" with  joy ")
    offer.refresh_from_db()
    assert (offer.state, offer.answer_note) == (OfferState.ACCEPTED, "with joy")
    row = Candidacy.objects.get()
    assert (row.state, row.stage.kind) == (CandidacyState.HIRED, StageKind.HIRED)
    invitation = Invitation.objects.get()
    assert (invitation.roles, invitation.invited_by, offer.invitation) == (
        ["kam"], cast.dora, invitation,
    )  # fmt: skip
    told = set(Notification.objects.filter(user=cast.rita).values_list("kind", flat=True))
    assert {"offer_accepted", "vacancy_full"} <= told


def test_the_new_colleague_is_linked_when_they_come_in(cast):
    offer = make_offer(cast, "sent")
    answer(offer)
    person = accept_invitation(
        token=Invitation.objects.get().token, name="Jo", password=PASSWORD, language="en"
    )
    jobs.offers_tick()
    offer.refresh_from_db()
    assert offer.user == person and person.is_kam
    assert Candidate.objects.get().user == person
    row = Employment.objects.get(user=person)
    assert (row.valid_from, row.grade, row.on_probation) == (offer.starts_on, 2, True)


def test_a_colleague_who_has_a_grade_keeps_it(cast):
    Employment.objects.create(user=cast.kim, grade=3, valid_from=LONG_AGO)
    offer = make_offer(cast, "sent")
    Candidate.objects.update(user=cast.kim)
    offer.candidacy.candidate.refresh_from_db()
    answer(offer)
    assert Employment.objects.get(user=cast.kim).grade == 3


def test_the_same_answer_twice_is_one_and_the_other_comes_too_late(cast):
    offer = make_offer(cast, "sent")
    answer(offer)
    answer(offer)
    assert Invitation.objects.count() == 1
    with pytest.raises(RuleBroken):
        answer(offer, accepts=False)


@pytest.mark.django_db(transaction=True)
def test_two_tabs_hire_once():
    cast = make_cast()
    offer = make_offer(cast, "sent")
    ended = two_at_once(lambda: answer(offer))
    assert ended in (["done", "done"], ["done", "refused"])
    assert Invitation.objects.count() == 1


def test_no_leaves_them_under_way(cast):
    offer = make_offer(cast, "sent")
    answer(offer, accepts=False, note="pay")
    assert Candidacy.objects.get().state == CandidacyState.ACTIVE
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("state", ["draft", "proposed", "approved"])
def test_what_was_not_sent_cannot_be_answered(cast, state):
    offer = make_offer(cast, state)
    with pytest.raises(Offer.DoesNotExist):
        answer(offer)


def test_late_foreign_and_taken_back_answers_change_nothing(cast):
    offer = make_offer(cast, "sent")
    with pytest.raises(Offer.DoesNotExist):
        answer(offer, candidate=make_candidate())
    Offer.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(RuleBroken):
        answer(offer)
    Offer.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    offers.take_back_offer(actor=cast.rita, offer_id=offer.pk)
    with pytest.raises(RuleBroken):
        answer(offer)
    assert Candidacy.objects.get().state == CandidacyState.ACTIVE


def test_somebody_of_our_own_staff_keeps_their_sign_in(cast):
    offer = make_offer(cast, "sent")
    Candidate.objects.update(user=cast.sam)
    answer(offer)
    offer.refresh_from_db()
    assert offer.user == cast.sam and not Invitation.objects.exists()


@pytest.mark.parametrize(
    "hinder",
    [
        lambda cast, offer: offer.candidacy.candidate.reaches.all().delete(),
        lambda cast, offer: User.objects.filter(pk=cast.dora.pk).update(is_active=False),
        lambda cast, offer: offer.candidacy.candidate.reaches.update(value="karl@example.org"),
    ],
)
def test_where_no_invitation_can_go_people_are_told_to_make_one(cast, hinder):
    offer = make_offer(cast, "sent")
    hinder(cast, offer)
    answer(offer)
    assert Candidacy.objects.get().state == CandidacyState.HIRED
    assert Notification.objects.filter(user=cast.rita, kind="offer_invite").exists()
