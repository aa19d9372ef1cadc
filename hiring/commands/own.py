"""What candidates do on their own page, without an account: correct, agree, withdraw.

The link they came by is the right to do it; a new e-mail address has to be proven first, because
whoever reads its mail holds the link from then on.
"""

import datetime as dt
import hmac

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from common import reaching, tokens
from common.errors import RuleBroken
from common.jobs import enqueue
from hiring.choices import CandidacyState
from hiring.commands.candidacy import end_candidacy
from hiring.commands.candidate import edit_candidate
from hiring.commands.candidate_reach import reaches_as_given
from hiring.models import Candidacy, Candidate, DetailChange
from hiring.queries.candidate_duplicates import region_of
from people.commands import record

CODE_LIVES = dt.timedelta(hours=1)
OLD_VALUES_LIVE = dt.timedelta(days=30)
MOST_CODES_AN_HOUR, MOST_TRIES = 3, 5


def _own(candidate_id: int) -> Candidate:
    return Candidate.objects.present().select_for_update(of=("self",)).get(pk=candidate_id)


@transaction.atomic
def correct_details(
    *, candidate_id: int, name: str, city: str, phone: str, now: dt.datetime | None = None
) -> Candidate:
    """Name, city and the first phone; the old values are kept for thirty days."""
    candidate, now = _own(candidate_id), now or timezone.now()
    before = {"name": candidate.name, "city": candidate.city, "phone": phone_of(candidate)}
    reaches = _replaced(candidate, ReachKind.PHONE, phone.strip())
    candidate = edit_candidate(
        actor=None, candidate_id=candidate.pk, version=candidate.version, reaches=reaches,
        name=name[:160], city=city[:80],
    )  # fmt: skip
    after = {"name": candidate.name, "city": candidate.city, "phone": phone_of(candidate)}
    DetailChange.objects.bulk_create(
        DetailChange(
            candidate=candidate, field=field, old=before[field], new=after[field],
            asked_at=now, done_at=now,
        )
        for field in after
        if before[field] != after[field]
    )  # fmt: skip
    return candidate


def _first(candidate: Candidate, kind: str) -> str:
    rows = candidate.reaches.filter(kind=kind, is_wrong=False).order_by("position", "pk")
    return rows.values_list("value", flat=True).first() or ""


def phone_of(candidate: Candidate) -> str:
    return _first(candidate, ReachKind.PHONE)


def email_of(candidate: Candidate) -> str:
    return _first(candidate, ReachKind.EMAIL)


def _replaced(candidate: Candidate, kind: str, value: str) -> list[tuple[str, str]]:
    """The whole list with the first living one of this kind exchanged, taken out or added."""
    old, given = _first(candidate, kind), reaches_as_given(candidate)
    if old:
        place = given.index((kind, old))
        given[place : place + 1] = [(kind, value)] if value else []
        return given
    return [(kind, value), *given] if value else given


@transaction.atomic
def ask_new_email(*, candidate_id: int, email: str, now: dt.datetime | None = None) -> DetailChange:
    """Send a code to the new address; nothing changes until it is typed in."""
    candidate, now = _own(candidate_id), now or timezone.now()
    try:
        shown, _normal = reaching.reach("email", email, region_of(candidate.country))
    except reaching.Unfit as unfit:
        raise RuleBroken(_("Write an e-mail address such as name@example.org.")) from unfit
    asked = candidate.corrections.filter(field="email", asked_at__gt=now - CODE_LIVES)
    if asked.count() >= MOST_CODES_AN_HOUR:
        raise RuleBroken(_("Three codes were sent within the hour. Try again later."))
    change = DetailChange.objects.create(
        candidate=candidate, field="email", old=email_of(candidate), new=shown, asked_at=now
    )
    enqueue("hiring.jobs.send_email_code", change_id=change.pk)
    return change


def code_of(change: DetailChange) -> str:
    """Eight digits, reckoned from the row and SECRET_KEY."""
    return f"{int(tokens.digest(tokens.derive('hiring.email', change.seed)), 16) % 10**8:08d}"


def waiting_email(candidate: Candidate, now: dt.datetime) -> DetailChange | None:
    """The change whose code is still good."""
    newest = candidate.corrections.filter(field="email").order_by("-pk").first()
    is_open = newest and newest.done_at is None and newest.asked_at > now - CODE_LIVES
    return newest if is_open and newest.tries < MOST_TRIES else None


def confirm_new_email(*, candidate_id: int, code: str, now: dt.datetime | None = None) -> Candidate:
    """The address becomes theirs; five wrong codes end it. The old address is told."""
    now = now or timezone.now()
    candidate = Candidate.objects.present().get(pk=candidate_id)
    change = waiting_email(candidate, now)
    if change is None:
        raise RuleBroken(_("This code is no longer good. Ask for a new one."))
    tried = DetailChange.objects.filter(pk=change.pk, tries__lt=MOST_TRIES, done_at=None)
    tried.update(tries=F("tries") + 1)  # kept also when the code is wrong
    if not hmac.compare_digest("".join(code.split()).encode(), code_of(change).encode()):
        raise RuleBroken(_("This code is wrong. Look at the newest letter."))
    return _take_email(change, now)


@transaction.atomic
def _take_email(change: DetailChange, now: dt.datetime) -> Candidate:
    candidate = _own(change.candidate_id)
    candidate = edit_candidate(
        actor=None, candidate_id=candidate.pk, version=candidate.version,
        reaches=_replaced(candidate, ReachKind.EMAIL, change.new),
    )  # fmt: skip
    change.done_at = now
    change.save(update_fields=["done_at"])
    if change.old:
        enqueue("hiring.jobs.send_email_notice", change_id=change.pk)
    return candidate


@transaction.atomic
def withdraw_candidacy(*, candidate_id: int, candidacy_id: int) -> Candidacy:
    """They no longer stand for the vacancy. Candidacy.DoesNotExist for somebody else's."""
    candidacy = Candidacy.objects.get(pk=candidacy_id, candidate=candidate_id)
    if candidacy.state not in (CandidacyState.ACTIVE, CandidacyState.WITHDRAWN):
        raise RuleBroken(_("This application is over already."))
    return end_candidacy(
        actor=None, candidacy_id=candidacy.pk, state=CandidacyState.WITHDRAWN, reason_id=None
    )


@transaction.atomic
def let_manager_know(*, candidate_id: int, may_know: bool) -> Candidate:
    """Somebody of our own staff: whether their line manager may learn of it."""
    candidate = _own(candidate_id)
    if candidate.user_id is None:
        raise RuleBroken(_("This is asked of our own staff only."))
    candidate.manager_may_know = timezone.now() if may_know else None
    candidate.save(update_fields=["manager_may_know"])
    verb = "candidate.manager_told" if may_know else "candidate.manager_hidden"
    record(actor=None, verb=verb, target=candidate)
    return candidate


def purge_corrections(*, now: dt.datetime | None = None) -> int:
    """Old values go after thirty days, changes that were never confirmed after a day."""
    now = now or timezone.now()
    done = DetailChange.objects.filter(done_at__lt=now - OLD_VALUES_LIVE)
    never = DetailChange.objects.filter(done_at=None, asked_at__lt=now - dt.timedelta(days=1))
    return done.delete()[0] + never.delete()[0]
