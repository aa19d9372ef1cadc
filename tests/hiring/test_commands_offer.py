import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import RuleBroken
from hiring import jobs
from hiring.choices import LetterState, OfferState, StageKind
from hiring.commands import offer as commands
from hiring.models import Candidacy, Letter, Offer
from people.choices import Role
from people.models import Notification, RoleGrant
from tests.hiring.offering import make_offer, terms

pytestmark = pytest.mark.django_db


def news(user) -> set[str]:
    return set(Notification.objects.filter(user=user).values_list("kind", flat=True))


def test_the_whole_road_to_a_letter(cast, run_jobs):
    offer = make_offer(cast, "proposed")
    assert news(cast.dora) == {"offer_proposed"}
    offer = commands.approve_offer(actor=cast.dora, offer_id=offer.pk)
    assert (offer.approved_by, news(cast.rita)) == (cast.dora, {"offer_approved"})
    offer = commands.send_offer(actor=cast.rita, offer_id=offer.pk)
    assert offer.candidacy.candidate.letters.get().written_by == cast.rita
    run_jobs()
    (letter,) = outbox.outbox
    assert "/c/" in letter.body and "160" not in letter.body
    assert Candidacy.objects.get().stage.kind == StageKind.OFFER


def test_one_offer_at_a_time(cast):
    offer = make_offer(cast)
    with pytest.raises(RuleBroken):
        commands.draft_offer(actor=cast.rita, candidacy_id=offer.candidacy_id, **terms())
    commands.take_back_offer(actor=cast.rita, offer_id=offer.pk)
    commands.draft_offer(actor=cast.rita, candidacy_id=offer.candidacy_id, **terms())


@pytest.mark.parametrize("state", ["proposed", "approved", "sent"])
def test_terms_stay_once_they_are_handed_in(cast, state):
    offer = make_offer(cast, state)
    with pytest.raises(RuleBroken):
        commands.edit_offer(
            actor=cast.rita, offer_id=offer.pk, version=offer.version, salary=Decimal(1)
        )
    offer.refresh_from_db()
    assert offer.salary == Decimal(160000)


def test_a_draft_changes_with_a_second_editor_in_mind(cast):
    offer = make_offer(cast)
    commands.edit_offer(
        actor=cast.rita, offer_id=offer.pk, version=offer.version, salary=Decimal(170000)
    )
    with pytest.raises(commands.Conflict):
        commands.edit_offer(
            actor=cast.rita, offer_id=offer.pk, version=offer.version, salary=Decimal(1)
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"salary": Decimal(0)},
        {"probation_weeks": 60},
        {"expires_at": timezone.now() - dt.timedelta(days=1)},
        {"starts_on": timezone.localdate() - dt.timedelta(days=1)},
    ],
)
def test_terms_that_make_no_sense_are_refused(cast, wrong):
    offer = make_offer(cast)
    commands.take_back_offer(actor=cast.rita, offer_id=offer.pk)
    with pytest.raises(RuleBroken):
        commands.draft_offer(actor=cast.rita, candidacy_id=offer.candidacy_id, **terms(**wrong))


def test_nobody_approves_their_own_offer_whatever_their_roles(cast):
    RoleGrant.objects.create(user=cast.rita, role=Role.DIRECTOR)
    offer = make_offer(cast, "proposed")
    for act in (commands.approve_offer,):
        with pytest.raises(RuleBroken, match="own offer"):
            act(actor=cast.rita, offer_id=offer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(approved_by=cast.rita)
    commands.approve_offer(actor=cast.dora, offer_id=offer.pk)


def test_who_changed_the_terms_has_made_them(cast):
    RoleGrant.objects.create(user=cast.dora, role=Role.RECRUITER)
    offer = make_offer(cast)
    commands.edit_offer(
        actor=cast.dora, offer_id=offer.pk, version=offer.version, salary=Decimal(999000)
    )
    commands.propose_offer(actor=cast.rita, offer_id=offer.pk)
    with pytest.raises(RuleBroken):
        commands.approve_offer(actor=cast.dora, offer_id=offer.pk)


def test_a_director_sends_back_with_a_reason(cast):
    offer = make_offer(cast, "proposed")
    with pytest.raises(RuleBroken):
        commands.send_back_offer(actor=cast.dora, offer_id=offer.pk, reason="  ")
    offer = commands.send_back_offer(actor=cast.dora, offer_id=offer.pk, reason="too high")
    assert (offer.state, offer.refusal) == (OfferState.DRAFT, "too high")
    assert "offer_sent_back" in news(cast.rita)


def test_others_do_not_know_of_offers(cast):
    offer = make_offer(cast, "proposed")
    for user in (cast.ivan, cast.karl, cast.lena, cast.adam, cast.sam):
        with pytest.raises(Offer.DoesNotExist):
            commands.approve_offer(actor=user, offer_id=offer.pk)
    with pytest.raises(RuleBroken):
        commands.approve_offer(actor=cast.rita, offer_id=offer.pk)


def test_one_taken_back_sends_no_letter(cast, run_jobs):
    offer = make_offer(cast, "sent")
    commands.take_back_offer(actor=cast.dora, offer_id=offer.pk)
    run_jobs()
    assert outbox.outbox == []
    assert Letter.objects.get().state == LetterState.STOPPED


def test_what_was_not_answered_in_time_expires_once(cast):
    offer = make_offer(cast, "sent")
    assert jobs.offers_tick() == 0
    Offer.objects.update(expires_at=timezone.now())
    assert jobs.offers_tick() == 1
    assert jobs.offers_tick() == 0
    offer.refresh_from_db()
    assert offer.state == OfferState.EXPIRED
    assert "offer_expired" in news(cast.rita)


def test_an_approved_one_whose_time_is_over_is_not_sent(cast):
    offer = make_offer(cast, "approved")
    Offer.objects.update(expires_at=timezone.now())
    with pytest.raises(RuleBroken):
        commands.send_offer(actor=cast.rita, offer_id=offer.pk)
    offer.refresh_from_db()
    assert offer.state == OfferState.APPROVED
