"""Two records of one person become one, and two again.

What moved is kept by its number, so that undo moves back exactly that. The absorbed row stays, out
of sight: links and the record go on leading somewhere.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CandidacyState
from hiring.commands.candidate import locked, renew_search_text
from hiring.models import Candidacy, Candidate, CandidateMerge, Move
from hiring.queries.candidate_pairs import MERGED
from people import verbs
from people.commands import record
from people.models import User

# Who looked at which record stays said of that record.
STAYING = {"hiring.CandidateAccess", "hiring.CandidateMerge", "hiring.Candidate"}
STOPS = ("wants_no_letters", "wants_no_calls")
STAFF = ("user", "manager_may_know")
ENDED = (CandidacyState.WITHDRAWN, CandidacyState.REJECTED)

verbs.register(
    {
        "candidate.merged": gettext_lazy("Two records of a candidate merged"),
        "candidate.merge_undone": gettext_lazy("Merge of a candidate undone"),
    }
)


@transaction.atomic
def merge_candidates(
    *, actor: User, survivor_id: int, absorbed_id: int, taken: Collection[str] = ()
) -> CandidateMerge:
    """`taken`: fields whose value comes from the absorbed record; blanks are filled anyway."""
    if survivor_id == absorbed_id:
        raise RuleBroken(_("Choose two different records."))
    first, second = sorted((survivor_id, absorbed_id))
    rows = {pk: locked(pk, actor=actor) for pk in (first, second)}
    survivor, absorbed = rows[survivor_id], rows[absorbed_id]
    if survivor.user_id and absorbed.user_id and survivor.user_id != absorbed.user_id:
        raise RuleBroken(_("These are two different colleagues of ours."))
    merge = CandidateMerge.objects.create(survivor=survivor, absorbed=absorbed, by=actor)
    fields = _take_fields(survivor, absorbed, taken)
    ended = _settle_clashes(survivor, absorbed, actor)
    moved = _move_rows(survivor, absorbed)
    absorbed.merged_into = survivor
    absorbed.save(update_fields=["merged_into"])
    merge.moved = {"fields": fields, "ended": ended, "rows": moved}
    merge.save(update_fields=["moved"])
    renew_search_text(survivor)
    record(actor=actor, verb="candidate.merged", target=survivor, merge=merge.pk)
    return merge


def _take_fields(
    survivor: Candidate, absorbed: Candidate, taken: Collection[str]
) -> dict[str, list]:
    """{name: [before, after]} of what the survivor takes over."""
    values: dict[str, Any] = {}
    for name in MERGED:
        theirs, own = getattr(absorbed, name), getattr(survivor, name)
        if theirs not in ("", None) and theirs != own and (name in taken or own in ("", None)):
            values[name] = theirs
    if absorbed.pay_wish is not None and ("pay_wish" in values or "pay_wish" in taken):
        values["pay_currency"] = absorbed.pay_currency
    for name in STOPS:
        times = [t for t in (getattr(survivor, name), getattr(absorbed, name)) if t]
        if times and min(times) != getattr(survivor, name):
            values[name] = min(times)
    if survivor.user_id is None and absorbed.user_id is not None:
        values |= {name: getattr(absorbed, name) for name in STAFF}
    changed = {name: [_plain(getattr(survivor, name)), _plain(v)] for name, v in values.items()}
    for name, value in values.items():
        setattr(survivor, name, value)
    survivor.version += 1
    survivor.save(update_fields=[*values, "version"])
    return changed


def _plain(value):
    if isinstance(value, Model):
        return value.pk
    return value if value is None or isinstance(value, int | str) else str(value)


def _settle_clashes(survivor: Candidate, absorbed: Candidate, actor: User) -> list[dict]:
    """Both stand for one vacancy: the further one goes on, the other ends and changes places if it
    was the survivor's. Its last move tells where it stood."""
    own = {row.vacancy_id: row for row in survivor.candidacies.select_related("stage")}
    ended = []
    for theirs in absorbed.candidacies.select_related("stage"):
        mine = own.get(theirs.vacancy_id)
        if mine is None:
            continue
        swaps = _rank(theirs) > _rank(mine)
        loser = mine if swaps else theirs
        kept = {"pk": loser.pk, "swapped_with": theirs.pk if swaps else None,
                "state": loser.state, "ended_at": _plain(loser.ended_at)}  # fmt: skip
        if loser.state not in ENDED:
            loser.state, loser.ended_at = CandidacyState.WITHDRAWN, timezone.now()
            loser.version += 1
            loser.save(update_fields=["state", "ended_at", "version"])
            move = Move.objects.create(
                candidacy=loser, from_stage=loser.stage, state=loser.state, at=loser.ended_at,
                by=actor,
            )  # fmt: skip
            kept["move"] = move.pk
        if swaps:
            _swap(mine, theirs, survivor, absorbed)
        ended.append(kept)
    return ended


def _rank(candidacy: Candidacy) -> tuple[bool, int]:
    return candidacy.state not in ENDED, candidacy.stage.position


def _swap(mine: Candidacy, theirs: Candidacy, survivor: Candidate, absorbed: Candidate) -> None:
    """Exchange whose they are; over nobody, for one person stands for a vacancy once."""
    rows = Candidacy.objects
    rows.filter(pk=mine.pk).update(candidate=None)
    rows.filter(pk=theirs.pk).update(candidate=survivor)
    rows.filter(pk=mine.pk).update(candidate=absorbed)


def _relations() -> list[tuple[type[Model], str]]:
    return [
        (relation.related_model, relation.field.name)
        for relation in Candidate._meta.related_objects
        if not relation.many_to_many and relation.related_model._meta.label not in STAYING
    ]


def _move_rows(survivor: Candidate, absorbed: Candidate) -> dict[str, list[int]]:
    """Everything told of the absorbed record is told of the survivor; what they share stays."""
    moved: dict[str, list[int]] = {}
    for model, name in _relations():
        rows = model._base_manager.filter(**{name: absorbed})
        ids = list(_free(model, rows, survivor).values_list("pk", flat=True))
        if ids:
            model._base_manager.filter(pk__in=ids).update(**{name: survivor})
            moved[f"{model._meta.label}.{name}"] = ids
    return moved


def _free(model: type[Model], rows, survivor: Candidate):
    """Rows that the survivor may have beside their own."""
    match model._meta.label:
        case "hiring.Candidacy":
            return rows.exclude(vacancy__in=survivor.candidacies.values("vacancy"))
        case "hiring.CandidateReach":
            known = set(survivor.reaches.values_list("kind", "normal"))
            keys = rows.values_list("pk", "kind", "normal")
            return rows.exclude(pk__in=[pk for pk, *key in keys if tuple(key) in known])
        case "hiring.Letter":
            causes = survivor.letters.exclude(cause="").values("cause")
            return rows.exclude(cause__in=list(causes.values_list("cause", flat=True)))
    return rows


@transaction.atomic
def undo_merge(*, actor: User, merge_id: int) -> CandidateMerge:
    """Two records again. What was changed or added since stays with the survivor."""
    merge = CandidateMerge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    survivor = locked(merge.survivor_id, actor=actor)
    absorbed = Candidate.objects.select_for_update().get(pk=merge.absorbed_id)
    if merge.undone_at is not None:
        return merge
    if absorbed.merged_into_id != survivor.pk:
        raise RuleBroken(_("The records were merged further; undo that merge first."))
    models = {f"{model._meta.label}.{name}": (model, name) for model, name in _relations()}
    for key, ids in merge.moved["rows"].items():
        model, name = models[key]
        model._base_manager.filter(pk__in=ids, **{name: survivor}).update(**{name: absorbed})
    for kept in merge.moved["ended"]:
        _reopen(kept, survivor, absorbed)
    _give_back(survivor, merge.moved["fields"])
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    for one in (survivor, absorbed):
        renew_search_text(one)
    record(actor=actor, verb="candidate.merge_undone", target=survivor, merge=merge.pk)
    return merge


def _reopen(kept: dict, survivor: Candidate, absorbed: Candidate) -> None:
    rows = Candidacy.objects
    loser = rows.filter(pk=kept["pk"]).first()
    if loser is None:
        return
    if winner := rows.filter(pk=kept["swapped_with"], candidate=survivor).first():
        _swap(winner, loser, survivor, absorbed)
    ended = kept["ended_at"]
    rows.filter(pk=loser.pk).update(
        state=kept["state"], ended_at=parse_datetime(ended) if ended else None
    )
    Move.objects.filter(pk=kept.get("move")).update(undone_at=timezone.now())


def _give_back(survivor: Candidate, fields: dict[str, list]) -> None:
    """Values that nobody has changed since."""
    names = []
    for name, (before, after) in fields.items():
        field = Candidate._meta.get_field(name)
        if _plain(getattr(survivor, name)) == after:
            setattr(survivor, field.attname, field.to_python(before) if before else before)
            names.append(name)
    survivor.version += 1
    survivor.save(update_fields=[*names, "version"])
