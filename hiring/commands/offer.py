"""Offers: written, decided on by somebody else, sent, taken back. The answer: offer_answer."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState, LetterKind, OfferState, StageKind
from hiring.commands.candidacy import move_candidacy
from hiring.commands.letter import unqueue, unqueue_stage_letter, write_letter
from hiring.models import Candidacy, Letter, Offer
from hiring.models.offer import LIVE
from hiring.queries import offer_notices as notices
from hiring.queries.letter import language_of
from hiring.rules import offer as rules
from people import verbs
from people.choices import Role
from people.commands import record, tell
from people.models import User

EARLIER = (
    StageKind.FOUND, StageKind.CALL, StageKind.FORM, StageKind.INVITE, StageKind.SESSION,
    StageKind.TASK, StageKind.DECISION,
)  # fmt: skip
DONE = {
    "propose": "offer.proposed",
    "revise": "offer.revised",
    "approve": "offer.approved",
    "send_back": "offer.sent_back",
    "send": "offer.sent",
    "take_back": "offer.taken_back",
    "accept": "offer.accepted",
    "decline": "offer.declined",
    "expire": "offer.expired",
}

verbs.register(
    {
        "offer.drafted": gettext_lazy("An offer was drafted"),
        "offer.edited": gettext_lazy("The terms of an offer were changed"),
        "offer.proposed": gettext_lazy("An offer was handed in for approval"),
        "offer.revised": gettext_lazy("An offer was taken back from approval"),
        "offer.approved": gettext_lazy("An offer was approved"),
        "offer.sent_back": gettext_lazy("An offer was sent back"),
        "offer.sent": gettext_lazy("An offer was sent"),
        "offer.taken_back": gettext_lazy("An offer was taken back"),
        "offer.accepted": gettext_lazy("An offer was accepted"),
        "offer.declined": gettext_lazy("An offer was declined"),
        "offer.expired": gettext_lazy("An offer expired"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `offer` is what stands now."""

    def __init__(self, offer: Offer):
        super().__init__(_("Somebody else has changed this offer since you opened the page."))
        self.offer = offer


def locked(offer_id: int, *, actor: User) -> Offer:
    """The offer, locked; Offer.DoesNotExist for whom it does not exist."""
    rows = Offer.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("candidacy__candidate", "candidacy__vacancy").get(pk=offer_id)


def roles_of(actor: User) -> set[str]:
    held = {Role.RECRUITER: rules.RECRUITER, Role.DIRECTOR: rules.DIRECTOR}
    return {word for role, word in held.items() if role in actor.roles}


@transaction.atomic
def draft_offer(*, actor: User, candidacy_id: int, **terms) -> Offer:
    """New terms for somebody under way; RuleBroken while another offer of theirs is."""
    candidacy = (
        Candidacy.objects.editable_by(actor).select_for_update(of=("self",)).get(pk=candidacy_id)
    )
    if candidacy.candidate_id is None or candidacy.state != CandidacyState.ACTIVE:
        raise RuleBroken(_("An offer is made to somebody who is under way."))
    if Offer.objects.filter(candidacy=candidacy, state__in=LIVE).exists():
        raise RuleBroken(_("There is an offer under way already."))
    values = checked(terms)
    try:
        with transaction.atomic():
            offer = Offer.objects.create(candidacy=candidacy, made_by=actor, **values)
    except IntegrityError as error:
        raise RuleBroken(_("There is an offer under way already.")) from error
    record(actor=actor, verb="offer.drafted", target=offer)
    return offer


def checked(terms: Mapping) -> dict:
    """Terms as they may be stored; RuleBroken says which may not."""
    unknown = set(terms) - set(rules.TERMS)
    if unknown:
        raise TypeError(f"not terms of an offer: {sorted(unknown)}")
    values = {
        name: value.replace("\x00", "").strip() if isinstance(value, str) else value
        for name, value in terms.items()
    }
    if not values.get("title", "-"):
        raise RuleBroken(_("Name the position."))
    if "salary" in values and values["salary"] <= 0:
        raise RuleBroken(_("The fixed pay must be more than nothing."))
    if values.get("probation_weeks", 0) > rules.MOST_PROBATION:
        raise RuleBroken(_("Probation of more than a year is no probation."))
    if "expires_at" in values and values["expires_at"] <= timezone.now():
        raise RuleBroken(_("The answer is awaited at a time that is still ahead."))
    if "starts_on" in values and values["starts_on"] < timezone.localdate():
        raise RuleBroken(_("The first day lies ahead."))
    return values


@transaction.atomic
def edit_offer(*, actor: User, offer_id: int, version: int, **terms) -> Offer:
    """Change a draft. Who changes the terms has made them, and may not approve them."""
    offer = locked(offer_id, actor=actor)
    _ask(offer, "edit", actor)
    if offer.version != version:
        raise Conflict(offer)
    values = checked(terms)
    changed = {name: value for name, value in values.items() if getattr(offer, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(offer, name, value)
        offer.made_by, offer.version = actor, offer.version + 1
        offer.save(update_fields=[*changed, "made_by", "version"])
        record(actor=actor, verb="offer.edited", target=offer, fields=sorted(changed))
    return offer


def _ask(offer: Offer, action: str, actor: User) -> None:
    is_maker = offer.made_by_id == actor.pk
    if rules.may_do(offer.state, action, roles_of(actor), is_maker=is_maker):
        return
    if is_maker and action in rules.NOT_MAKER:
        raise RuleBroken(_("Nobody approves their own offer."))
    if rules.next_state(offer.state, action) is None:
        raise RuleBroken(
            _("This cannot be done with an offer that is “%(state)s”.")
            % {"state": offer.get_state_display()}
        )
    raise RuleBroken(_("This step is for somebody else."))


def step(offer: Offer, action: str, *, actor: User | None, **fields) -> Offer:
    """Take a step that was allowed, by one conditional update; RuleBroken when it was too late."""
    new = rules.next_state(offer.state, action)
    values = {"state": new, "version": offer.version + 1, **fields}
    moved = Offer.objects.filter(pk=offer.pk, state=offer.state, version=offer.version)
    if new is None or not moved.update(**values):
        raise RuleBroken(_("This offer has changed meanwhile; look at it again."))
    for name, value in values.items():
        setattr(offer, name, value)
    record(actor=actor, verb=DONE[action], target=offer)
    return offer


def told(offer: Offer, kind: str, people: Iterable[User]) -> None:
    for user in people:
        tell(user=user, kind=kind, target=offer, cause=f"{kind}:{offer.pk}:{offer.version}")


def _taken(action: str, *, actor: User, offer_id: int, **fields) -> Offer:
    offer = locked(offer_id, actor=actor)
    _ask(offer, action, actor)
    return step(offer, action, actor=actor, **fields)


@transaction.atomic
def propose_offer(*, actor: User, offer_id: int) -> Offer:
    """Hand it to the directors; its terms rest while they think."""
    offer = locked(offer_id, actor=actor)
    _ask(offer, "propose", actor)
    if offer.expires_at <= timezone.now():
        raise RuleBroken(_("The time for an answer is over: set a later one first."))
    step(offer, "propose", actor=actor, refusal="")
    directors = User.objects.active().holding(Role.DIRECTOR).exclude(pk=offer.made_by_id)
    told(offer, notices.OFFER_PROPOSED, directors)
    return offer


@transaction.atomic
def revise_offer(*, actor: User, offer_id: int) -> Offer:
    """Back to a draft, before anybody decided."""
    return _taken("revise", actor=actor, offer_id=offer_id)


@transaction.atomic
def approve_offer(*, actor: User, offer_id: int) -> Offer:
    """A director who did not make the terms says yes; from here on they stay."""
    offer = _taken(
        "approve", actor=actor, offer_id=offer_id, approved_by=actor, approved_at=timezone.now()
    )
    told(offer, notices.OFFER_APPROVED, askers(offer))
    return offer


@transaction.atomic
def send_back_offer(*, actor: User, offer_id: int, reason: str) -> Offer:
    reason = " ".join(reason.replace("\x00", "").split())[:400]
    if not reason:
        raise RuleBroken(_("Write the reason. Nothing was changed."))
    offer = _taken("send_back", actor=actor, offer_id=offer_id, refusal=reason)
    told(offer, notices.OFFER_SENT_BACK, askers(offer))
    return offer


def askers(offer: Offer) -> list[User]:
    """Who made it and who recruits for the vacancy."""
    ids = {offer.made_by_id, offer.candidacy.vacancy.recruiter_id}
    return list(User.objects.active().filter(pk__in=ids))


@transaction.atomic
def send_offer(*, actor: User, offer_id: int) -> Offer:
    """By mail with the link; the person moves into the stage of offers."""
    offer = locked(offer_id, actor=actor)
    _ask(offer, "send", actor)
    now, candidacy = timezone.now(), offer.candidacy
    if offer.expires_at <= now:
        raise RuleBroken(
            _("The time for an answer is over. Take the offer back and make a new one.")
        )
    if candidacy.candidate is None or candidacy.state != CandidacyState.ACTIVE:
        raise RuleBroken(_("This person is no longer under way for the vacancy."))
    step(offer, "send", actor=actor, sent_at=now)
    _into_stage(candidacy, actor)
    letter = write_letter(
        candidate_id=candidacy.candidate_id, candidacy_id=candidacy.pk, kind=LetterKind.OFFER,
        cause=cause(offer), fields={"due": due_words(offer)},
    )  # fmt: skip
    if letter is not None and letter.written_by_id is None:
        Letter.objects.filter(pk=letter.pk).update(written_by=actor)
    return offer


def cause(offer: Offer) -> str:
    return f"offer:{offer.pk}"


def due_words(offer: Offer) -> str:
    with translation.override(language_of(offer.candidacy.candidate)):
        return formats.day(timezone.localdate(offer.expires_at), "long")


def _into_stage(candidacy: Candidacy, actor: User) -> None:
    """To the first stage of offers when they stand before it; its own letter would be a second."""
    stage = candidacy.vacancy.stages.filter(kind=StageKind.OFFER).first()
    if stage is not None and candidacy.stage.kind in EARLIER:
        move_candidacy(actor=actor, candidacy_id=candidacy.pk, stage_id=stage.pk)
        unqueue_stage_letter(candidacy_id=candidacy.pk, stage_id=stage.pk)


@transaction.atomic
def take_back_offer(*, actor: User, offer_id: int) -> Offer:
    """It holds no longer; a letter that waits does not go."""
    offer = _taken("take_back", actor=actor, offer_id=offer_id)
    unqueue(Letter.objects.filter(candidacy=offer.candidacy_id, cause=cause(offer)))
    return offer


@transaction.atomic
def note_decline(*, actor: User, offer_id: int, note: str = "") -> Offer:
    """They said no by phone or letter."""
    return _taken(
        "decline", actor=actor, offer_id=offer_id, answered_at=timezone.now(),
        answer_note=" ".join(note.replace("\x00", "").split())[:1000],
    )  # fmt: skip


def expire_offers(*, now: dt.datetime) -> int:
    """Those nobody answered in time; how many. Each in its own transaction."""
    late = Offer.objects.filter(state=OfferState.SENT, expires_at__lte=now)
    number = 0
    for offer in late.select_related("candidacy__vacancy"):
        with transaction.atomic():
            try:
                step(offer, "expire", actor=None)
            except RuleBroken:  # answered or taken back at this moment
                continue
            told(offer, notices.OFFER_EXPIRED, askers(offer))
            number += 1
    return number
