import pytest

from common.errors import RuleBroken
from hiring.choices import StageKind
from hiring.commands import stage as commands
from hiring.models import Move, Stage, Vacancy
from people.models import Event
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def kinds(vacancy) -> list[str]:
    return list(vacancy.stages.values_list("kind", flat=True))


def test_a_vacancy_starts_with_a_stage_of_every_kind_in_four_languages(cast):
    vacancy = make_vacancy()
    vacancy.stages.all().delete()
    assert commands.install_stages(vacancy) == 9
    assert kinds(vacancy) == StageKind.values
    assert all(set(stage.names) == {"en", "ru", "es", "it"} for stage in vacancy.stages.all())
    assert commands.install_stages(vacancy) == 0


def test_a_new_stage_stands_after_the_last_of_its_kind(cast):
    vacancy = make_vacancy()
    made = commands.save_stage(
        actor=cast.rita, vacancy_id=vacancy.pk, kind="session", names={"en": "Second round"}
    )
    assert kinds(vacancy).index("session") + 1 == list(vacancy.stages.all()).index(made)
    assert sorted(vacancy.stages.values_list("position", flat=True)) == list(range(10))


def test_a_stage_is_renamed_and_the_record_says_so(cast):
    vacancy = make_vacancy()
    stage = vacancy.stages.get(kind="task")
    commands.save_stage(
        actor=cast.rita, vacancy_id=vacancy.pk, stage_id=stage.pk, kind="task",
        names={"en": "  Case   study ", "ru": "Кейс", "xx": "?"}, stale_days=3,
    )  # fmt: skip
    stage.refresh_from_db()
    assert stage.names == {"en": "Case study", "ru": "Кейс"} and stage.stale_days == 3
    assert Event.objects.about(vacancy).get().data["changes"]["stale_days"] == [7, 3]


def test_stages_change_places(cast):
    vacancy = make_vacancy()
    first, second = list(vacancy.stages.all())[:2]
    order = {"actor": cast.rita, "vacancy_id": vacancy.pk}
    commands.move_stage(**order, stage_id=second.pk, step=-1)
    assert next(iter(vacancy.stages.all())) == second
    commands.move_stage(**order, stage_id=second.pk, step=-1)
    assert Event.objects.about(vacancy).count() == 1  # it stood at the edge
    with pytest.raises(RuleBroken):
        commands.order_stages(**order, stage_ids=[first.pk])
    with pytest.raises(Stage.DoesNotExist):
        commands.move_stage(**order, stage_id=make_vacancy().stages.first().pk, step=1)


def test_a_stage_with_people_or_a_past_stays(cast):
    vacancy = make_vacancy()
    remove = {"actor": cast.rita, "vacancy_id": vacancy.pk}
    here = make_candidacy(vacancy, stage="call")
    with pytest.raises(RuleBroken, match="move them"):
        commands.remove_stage(**remove, stage_id=here.stage_id)
    form = vacancy.stages.get(kind="form")
    Move.objects.create(candidacy=here, to_stage=form, state="active")
    with pytest.raises(RuleBroken, match="went through"):
        commands.remove_stage(**remove, stage_id=form.pk)
    with pytest.raises(RuleBroken):
        commands.remove_stage(**remove, stage_id=vacancy.stages.get(kind="hired").pk)
    commands.remove_stage(**remove, stage_id=vacancy.stages.get(kind="task").pk)
    assert "task" not in kinds(vacancy)


@pytest.mark.parametrize("who", ["dora", "karl", "ivan", "adam", "sam"])
def test_only_recruiters_change_the_board(cast, who):
    vacancy = make_vacancy()
    with pytest.raises(Vacancy.DoesNotExist):
        commands.save_stage(
            actor=getattr(cast, who), vacancy_id=vacancy.pk, kind="task", names={"en": "Mine"}
        )


@pytest.mark.parametrize(
    "fields", [{"names": {"en": " "}}, {"stale_days": 400}, {"stale_days": -1}, {"kind": "call"}]
)
def test_stages_that_cannot_be_are_refused(cast, fields):
    vacancy = make_vacancy()
    hired = vacancy.stages.get(kind="hired")
    values = {"kind": "hired", "names": {"en": "Hired"}, **fields}
    with pytest.raises(RuleBroken):
        commands.save_stage(actor=cast.rita, vacancy_id=vacancy.pk, stage_id=hired.pk, **values)
