"""The candidate's yes or no; a yes makes them hired and asks them in as a colleague."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from hiring.choices import CandidacyState, OfferState, StageKind
from hiring.commands import offer as commands
from hiring.commands.candidacy import move_candidacy
from hiring.models import Candidacy, Candidate, Offer, Vacancy
from hiring.queries import offer_notices as notices
from hiring.queries.letter import address_of
from people.choices import Role
from people.commands import invite_people
from people.commands.employment import set_employment
from people.models import Employment, User, company_day


@transaction.atomic
def answer_offer(*, candidate: Candidate, offer_id: int, accepts: bool, note: str = "") -> Offer:
    """Through their own link. The same answer again changes nothing; another one comes too late.

    Offer.DoesNotExist when it is not theirs or was never sent.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("candidacy__candidate", "candidacy__vacancy", "approved_by")
        .exclude(sent_at=None)
        .get(pk=offer_id, candidacy__candidate=candidate)
    )
    wanted = OfferState.ACCEPTED if accepts else OfferState.DECLINED
    if offer.state == wanted:
        return offer
    now = timezone.now()
    if offer.state != OfferState.SENT:
        raise RuleBroken(_("This offer no longer waits for an answer. Please write to us."))
    if offer.expires_at <= now:
        raise RuleBroken(_("The time for an answer is over. Please write to us."))
    said = " ".join(note.replace("\x00", "").split())[:1000]
    action = "accept" if accepts else "decline"
    commands.step(offer, action, actor=None, answered_at=now, answer_note=said)
    if accepts:
        _hire(offer)
    kind = notices.OFFER_ACCEPTED if accepts else notices.OFFER_DECLINED
    people = {user.pk: user for user in commands.askers(offer)}
    if offer.approved_by and offer.approved_by.is_active:
        people[offer.approved_by_id] = offer.approved_by
    commands.told(offer, kind, people.values())
    return offer


def _hire(offer: Offer) -> None:
    """The candidacy ends well, an invitation goes out, a full vacancy says so."""
    candidacy = offer.candidacy
    stage = candidacy.vacancy.stages.filter(kind=StageKind.HIRED).first()
    if stage is not None and candidacy.state == CandidacyState.ACTIVE:
        move_candidacy(actor=None, candidacy_id=candidacy.pk, stage_id=stage.pk, by_candidate=True)
    _ask_in(offer)
    if is_full(candidacy.vacancy):
        commands.told(offer, notices.VACANCY_FULL, [candidacy.vacancy.recruiter])


def is_full(vacancy: Vacancy) -> bool:
    """As many are hired as were wanted: it is time to mark the vacancy as filled."""
    hired = Candidacy.objects.filter(vacancy=vacancy, state=CandidacyState.HIRED).count()
    return hired >= vacancy.openings


def _ask_in(offer: Offer) -> None:
    """A sign-in for the new colleague, from the director who approved. Where it cannot be made
    (no address, one that a colleague has, a director who left), people do it by hand."""
    candidate = offer.candidacy.candidate
    if candidate.user_id:
        Offer.objects.filter(pk=offer.pk).update(user=candidate.user_id)
        _employ(offer, candidate.user)
        return
    email, inviter = address_of(candidate), offer.approved_by
    if not email or inviter is None or not inviter.is_active:
        commands.told(offer, notices.OFFER_INVITE, commands.askers(offer))
        return
    try:
        with transaction.atomic():
            (row,) = invite_people(
                actor=inviter, people=[(email, candidate.name[:120])], roles={Role.KAM}
            )
    except RuleBroken:
        commands.told(offer, notices.OFFER_INVITE, commands.askers(offer))
        return
    Offer.objects.filter(pk=offer.pk).update(invitation=row)


def _employ(offer: Offer, user: User) -> None:
    """What they are from their first day on: the gate to key accounts asks for it.

    A colleague who has proved a grade already keeps it: nobody is put on trial by changing desks.
    """
    day = max(offer.starts_on, company_day())
    now = Employment.objects.on(day).filter(user=user, on_probation=False)
    if now.exclude(grade=None).exists():
        return
    set_employment(
        actor=None, user=user, day=day, grade=offer.grade,
        on_probation=offer.probation_weeks > 0, reason=_("Offer accepted"),
    )  # fmt: skip


def link_colleagues() -> int:
    """Offers whose invitation was accepted since: whom of our staff the person became."""
    rows = Offer.objects.filter(
        user=None, state=OfferState.ACCEPTED, invitation__accepted_by__isnull=False
    ).select_related("invitation", "candidacy")
    number = 0
    for offer in rows:
        person: User = offer.invitation.accepted_by
        with transaction.atomic():
            linked = Offer.objects.filter(pk=offer.pk, user=None).update(user=person)
            if linked:
                _employ(offer, person)
            number += linked
            Candidate.objects.filter(pk=offer.candidacy.candidate_id, user=None).update(user=person)
    return number
