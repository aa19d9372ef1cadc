"""Candidates: made and changed, with a second editor in mind.

The record says which details changed, never to what: a person who is erased leaves nothing in it.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.candidate_reach import normal_reaches, set_reaches
from hiring.commands.off_limits import check_source
from hiring.models import Candidate
from hiring.rules import candidate as rules
from people import verbs
from people.commands import record
from people.models import User

TEXTS = (
    "name", "other_name", "language", "city", "country", "time_zone", "employer", "manager",
    "title", "pay_currency",
)  # fmt: skip
FIELDS = (*TEXTS, "summary", "years_in_sales", "pay_wish", "source", "referred_by")

verbs.register(
    {
        "candidate.created": gettext_lazy("Candidate added"),
        "candidate.edited": gettext_lazy("Details of a candidate changed"),
        "candidate.letters_stopped": gettext_lazy("No more letters to a candidate"),
        "candidate.letters_allowed": gettext_lazy("Letters to a candidate allowed again"),
        "candidate.calls_stopped": gettext_lazy("No more calls to a candidate"),
        "candidate.calls_allowed": gettext_lazy("Calls to a candidate allowed again"),
        "candidate.manager_told": gettext_lazy("A line manager may know of the application"),
        "candidate.manager_hidden": gettext_lazy("A line manager may not know of the application"),
    }
)
OPT_OUTS = {
    "letters": ("wants_no_letters", "candidate.letters_stopped", "candidate.letters_allowed"),
    "calls": ("wants_no_calls", "candidate.calls_stopped", "candidate.calls_allowed"),
}


class Conflict(RuleBroken):
    """Somebody saved first; `candidate` is what stands now."""

    def __init__(self, candidate: Candidate):
        super().__init__(_("Somebody else has changed this candidate since you opened the page."))
        self.candidate = candidate


def locked(candidate_id: int, *, actor: User) -> Candidate:
    """The candidate, locked for change by `actor`; Candidate.DoesNotExist when it is not theirs."""
    rows = Candidate.objects.editable_by(actor).select_for_update(of=("self",))
    candidate = rows.get(pk=candidate_id)
    if candidate.merged_into_id:
        raise RuleBroken(_("This person has been merged into another record; open that one."))
    return candidate


def fold_candidate(candidate: Candidate, normals: Iterable[str]) -> None:
    """Set, without saving, what the person is found and compared by; for rows made in bulk too."""
    names = (candidate.name, candidate.other_name, candidate.employer)
    candidate.search_text = rules.search_text(*names, candidate.city, normals)
    for field, text in rules.plain_fields(*names).items():
        setattr(candidate, field, text)


def renew_search_text(candidate: Candidate) -> None:
    """Fold names and numbers anew; call after changing any."""
    fold_candidate(candidate, candidate.reaches.values_list("normal", flat=True))
    candidate.save(update_fields=["search_text", "plain_name", "plain_other", "plain_employer"])


@transaction.atomic
def create_candidate(
    *,
    actor: User | None = None,
    name: str,
    reaches: Iterable[tuple[str, str]] = (),
    source: str = Source.OTHER,
    user: User | None = None,
    **fields,
) -> Candidate:
    """A new person; `actor` is None when they came by themselves. `reaches`: (kind, value).

    `user` is set for somebody of our own staff.
    """
    if actor is not None and not actor.is_recruiter:
        raise RuleBroken(_("Only recruiters add candidates."))
    person = plain_fields({"name": name, "source": source, **fields})
    if not person["name"]:
        raise RuleBroken(_("Give a name."))
    if actor is not None:
        check_source(person["source"], person.get("employer", ""))
    wanted = normal_reaches(reaches, country=person.get("country", ""))
    candidate = Candidate(created_by=actor, user=user, **person)
    fold_candidate(candidate, [normal for _kind, normal in wanted])
    candidate.save()
    set_reaches(candidate, wanted)
    record(actor=actor, verb="candidate.created", target=candidate)
    return candidate


def plain_fields(fields: Mapping) -> dict:
    """Texts without spaces at the ends, on one line but for the summary; TypeError for others."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a candidate that people fill in: {sorted(unknown)}")
    found = dict(fields)
    for name, value in fields.items():
        if isinstance(value, str):
            text = value.replace("\x00", "")
            found[name] = text.strip() if name == "summary" else " ".join(text.split())
    if found.get("source", Source.OTHER) not in Source.values:
        raise RuleBroken(_("Choose where the person was found."))
    if found.get("pay_wish") is None and "pay_wish" in found:
        found["pay_currency"] = ""
    return found


@transaction.atomic
def edit_candidate(
    *,
    actor: User | None,
    candidate_id: int,
    version: int,
    reaches: Iterable[tuple[str, str]] | None = None,
    **fields,
) -> Candidate:
    """Change the person; reaches as the whole list. Without an actor the candidate themselves.

    Raises Conflict when `version` is no longer the current one.
    """
    if actor is None:
        candidate = Candidate.objects.present().select_for_update().get(pk=candidate_id)
    else:
        candidate = locked(candidate_id, actor=actor)
    if candidate.version != version:
        raise Conflict(candidate)
    changed = {
        name: value
        for name, value in plain_fields(fields).items()
        if getattr(candidate, name) != value
    }
    if "name" in changed and not changed["name"]:
        raise RuleBroken(_("Give a name."))
    for name, value in changed.items():
        setattr(candidate, name, value)
    names = list(changed)
    if reaches is not None:
        wanted = normal_reaches(reaches, country=candidate.country)
        names += ["reaches"] if set_reaches(candidate, wanted) else []
    if not names:
        return candidate
    candidate.version += 1
    candidate.save(update_fields=[*changed, "version"])
    renew_search_text(candidate)
    record(actor=actor, verb="candidate.edited", target=candidate, fields=names)
    return candidate


@transaction.atomic
def set_opt_out(*, actor: User | None, candidate_id: int, what: str, stop: bool) -> Candidate:
    """No more letters, or calls; or allowed again. Without an actor the candidate themselves."""
    field, stopped, allowed = OPT_OUTS[what]
    if actor is None:
        candidate = Candidate.objects.present().select_for_update().get(pk=candidate_id)
    else:
        candidate = locked(candidate_id, actor=actor)
    if bool(getattr(candidate, field)) == stop:
        return candidate
    setattr(candidate, field, timezone.now() if stop else None)
    candidate.save(update_fields=[field])
    record(actor=actor, verb=stopped if stop else allowed, target=candidate)
    return candidate
