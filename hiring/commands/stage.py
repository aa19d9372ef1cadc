"""The columns of a vacancy's board: brought, added, renamed, put in order, removed when empty."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.i18n import plain_texts
from common.ordered import moved
from hiring.choices import CandidacyState, StageKind
from hiring.models import Candidacy, LetterTemplate, Move, Stage, Vacancy
from hiring.rules import vacancy as rules
from people import verbs
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "stages.json"
MOST_STAGES = 20
LONGEST_NAME = 60
MOST_STALE_DAYS = 365

verbs.register(
    {
        "vacancy.stage_added": gettext_lazy("Stage added: %(name)s"),
        "vacancy.stage_changed": gettext_lazy("Stage changed: %(name)s"),
        "vacancy.stages_ordered": gettext_lazy("Stages put in another order"),
        "vacancy.stage_removed": gettext_lazy("Stage removed: %(name)s"),
    }
)
STAGE_FIELDS = ("kind", "names", "stale_days", "letter")
verbs.register_elsewhere("hiring.vacancy", {name: ("hiring.stage", name) for name in STAGE_FIELDS})


@transaction.atomic
def install_stages(vacancy: Vacancy) -> int:
    """The stages a vacancy starts from, one of each kind; nothing where there are some already."""
    if vacancy.stages.exists():
        return 0
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    Stage.objects.bulk_create(
        Stage(vacancy=vacancy, position=place, **row) for place, row in enumerate(rows)
    )
    return len(rows)


def _vacancy(vacancy_id: int, *, actor: User) -> Vacancy:
    """Locked, so that two editors of one board wait for each other."""
    return Vacancy.objects.editable_by(actor).select_for_update(of=("self",)).get(pk=vacancy_id)


@transaction.atomic
def save_stage(
    *,
    actor: User,
    vacancy_id: int,
    kind: str,
    names: Mapping[str, str],
    stale_days: int = 7,
    letter: LetterTemplate | None = None,
    stage_id: int | None = None,
) -> Stage:
    """A new stage after the last of its kind or of an earlier one, or the one of `stage_id`."""
    vacancy = _vacancy(vacancy_id, actor=actor)
    names = plain_texts(names, LONGEST_NAME)
    if not names:
        raise RuleBroken(_("Give the stage a name in at least one language."))
    if not 0 <= stale_days <= MOST_STALE_DAYS:
        raise RuleBroken(_("Days until a stage counts as stale: from 0 to 365."))
    if stage_id is None:
        stage = _added(vacancy, kind)
        verb, before = "vacancy.stage_added", {}
    else:
        stage = vacancy.stages.get(pk=stage_id)
        verb, before = "vacancy.stage_changed", _words(stage)
        if stage.kind != kind and _is_last_of_kind(stage):
            raise RuleBroken(_("The board needs a stage of this kind; add another one first."))
        stage.kind = kind
    stage.names, stage.stale_days, stage.letter = names, stale_days, letter
    stage.save()
    changes = {
        name: [before.get(name), value]
        for name, value in _words(stage).items()
        if before.get(name) != value
    }
    if changes:
        record(actor=actor, verb=verb, target=vacancy, name=stage.name, changes=changes)
    return stage


def _added(vacancy: Vacancy, kind: str) -> Stage:
    stages = list(vacancy.stages.all())
    if len(stages) >= MOST_STAGES:
        raise RuleBroken(_("A board has twenty stages at most."))
    road = list(StageKind.values)
    before = [one for one in stages if road.index(one.kind) <= road.index(kind)]
    place = len(before)
    for later, one in enumerate([one for one in stages if one not in before], place + 1):
        Stage.objects.filter(pk=one.pk).update(position=later)
    for earlier, one in enumerate(before):
        Stage.objects.filter(pk=one.pk).update(position=earlier)
    return Stage(vacancy=vacancy, kind=kind, position=place)


def _words(stage: Stage) -> dict:
    return {
        "kind": stage.kind,
        "names": ", ".join(stage.names.values()),
        "stale_days": stage.stale_days,
        "letter": str(stage.letter) if stage.letter else None,
    }


def _is_last_of_kind(stage: Stage) -> bool:
    if stage.kind not in rules.NEEDED_KINDS:
        return False
    others = Stage.objects.filter(vacancy=stage.vacancy_id, kind=stage.kind)
    return not others.exclude(pk=stage.pk).exists()


@transaction.atomic
def order_stages(*, actor: User, vacancy_id: int, stage_ids: Iterable[int]) -> list[Stage]:
    """All stages of the vacancy in this order; RuleBroken when the list is not all of them."""
    vacancy = _vacancy(vacancy_id, actor=actor)
    stages = {stage.pk: stage for stage in vacancy.stages.all()}
    wanted = list(stage_ids)
    if sorted(wanted) != sorted(stages):
        raise RuleBroken(_("The stages have changed since you opened the page."))
    if wanted == list(stages):
        return list(stages.values())
    for place, pk in enumerate(wanted):
        stages[pk].position = place
    Stage.objects.bulk_update(stages.values(), ["position"])
    record(actor=actor, verb="vacancy.stages_ordered", target=vacancy)
    return [stages[pk] for pk in wanted]


@transaction.atomic
def move_stage(*, actor: User, vacancy_id: int, stage_id: int, step: int) -> list[Stage]:
    """One place to the left (-1) or right (1); at the edge it stays."""
    ids = list(_vacancy(vacancy_id, actor=actor).stages.values_list("pk", flat=True))
    if stage_id not in ids:
        raise Stage.DoesNotExist
    order = moved(ids, stage_id, step)
    return order_stages(actor=actor, vacancy_id=vacancy_id, stage_ids=order)


@transaction.atomic
def remove_stage(*, actor: User, vacancy_id: int, stage_id: int) -> None:
    """Only one that nobody stands in or went through goes: rates are counted from it."""
    vacancy = _vacancy(vacancy_id, actor=actor)
    stage = vacancy.stages.select_for_update().get(pk=stage_id)
    here = Candidacy.objects.filter(stage=stage)
    passed = Move.objects.filter(Q(from_stage=stage) | Q(to_stage=stage), undone_at=None)
    others = vacancy.stages.filter(kind=stage.kind).exclude(pk=stage.pk).count()
    people = here.count() or passed.count()
    if not rules.may_remove_stage(stage.kind, others_of_kind=others, people=people):
        raise RuleBroken(
            _("People stand in this stage; move them first.")
            if here.filter(state=CandidacyState.ACTIVE).exists()
            else _("People went through this stage, or the board needs it; it stays.")
        )
    record(actor=actor, verb="vacancy.stage_removed", target=vacancy, name=stage.name)
    stage.delete()
