"""People put in, moved on, ended and opened again."""

import pytest

from common.errors import RuleBroken
from hiring.choices import CandidacyState, StageKind, VacancyState
from hiring.commands import candidacy as commands
from hiring.models import Candidacy, Move, RejectReason, Vacancy
from people.models import Event
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def stage(vacancy, kind):
    return vacancy.stages.get(kind=kind)


def reason(code="experience"):
    return RejectReason.objects.get(code=code).pk


def move(candidacy, kind, actor, **more):
    target = stage(candidacy.vacancy, kind).pk
    return commands.move_candidacy(actor=actor, candidacy_id=candidacy.pk, stage_id=target, **more)


def end(candidacy, actor, state="rejected", **more):
    return commands.end_candidacy(actor=actor, candidacy_id=candidacy.pk, state=state, **more)


def frozen():
    """What a refusal must leave as it was."""
    return (
        list(Candidacy.objects.order_by("pk").values()),
        list(Move.objects.values()),
        Event.objects.count(),
    )


def test_a_person_is_put_forward_once(cast, vacancy):
    person = make_candidate()
    given = {"actor": cast.rita, "candidate_id": person.pk, "vacancy_id": vacancy.pk}
    first = commands.add_candidacy(**given, source="hh", stage_kind=StageKind.CALL)
    assert commands.add_candidacy(**given) == first
    assert (first.stage.kind, first.source, first.applied_at) == ("call", "hh", None)
    assert [row.to_stage for row in first.moves.all()] == [first.stage]
    assert Event.objects.about(first).get().verb == "candidacy.added"


def test_who_applies_after_they_were_found_moves_up_to_the_questionnaire(cast, vacancy):
    known = make_candidacy(vacancy)
    again = commands.add_candidacy(
        candidate_id=known.candidate_id, vacancy_id=vacancy.pk,
        stage_kind=StageKind.FORM, applied=True,
    )  # fmt: skip
    assert again == known
    assert again.stage.kind == StageKind.FORM and again.applied_at


def test_who_applies_late_is_not_sent_back(cast, vacancy):
    known = make_candidacy(vacancy, stage=StageKind.TASK)
    again = commands.add_candidacy(
        candidate_id=known.candidate_id, vacancy_id=vacancy.pk,
        stage_kind=StageKind.FORM, applied=True,
    )  # fmt: skip
    assert again.stage.kind == StageKind.TASK


@pytest.mark.parametrize("state", [VacancyState.FILLED, VacancyState.CLOSED])
def test_nobody_joins_a_vacancy_that_is_over(cast, vacancy, state):
    Vacancy.objects.update(state=state)
    person, before = make_candidate(), frozen()
    with pytest.raises(RuleBroken):
        commands.add_candidacy(candidate_id=person.pk, vacancy_id=vacancy.pk)
    assert frozen() == before


def test_a_move_is_kept_with_its_time_and_its_author(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    moved = move(candidacy, StageKind.CALL, cast.rita, version=1)
    assert (moved.stage.kind, moved.version) == (StageKind.CALL, 2)
    assert moved.entered_at > candidacy.entered_at and moved.shortlisted_at is None
    row = moved.moves.get()
    assert (row.from_stage, row.to_stage, row.by) == (candidacy.stage, moved.stage, cast.rita)
    assert Event.objects.about(moved).get().data["move"] == row.pk


def test_the_first_stage_of_the_short_list_opens_the_person_to_directors(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    assert not Candidacy.objects.visible_to(cast.dora).exists()
    first = move(candidacy, StageKind.SESSION, cast.rita).shortlisted_at
    assert first and Candidacy.objects.visible_to(cast.dora).exists()
    assert move(candidacy, StageKind.TASK, cast.rita).shortlisted_at == first


def test_the_same_stage_again_changes_nothing(cast, vacancy):
    candidacy = make_candidacy(vacancy, stage=StageKind.CALL)
    before = frozen()
    move(candidacy, StageKind.CALL, cast.rita)
    assert frozen() == before


def test_who_comes_second_is_told_where_the_person_is_now(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    move(candidacy, StageKind.CALL, cast.rita, version=1)
    before = frozen()
    with pytest.raises(commands.Conflict, match="To call") as told:
        move(candidacy, StageKind.FORM, cast.rita, version=1)
    assert told.value.candidacy.stage.kind == StageKind.CALL
    assert frozen() == before


@pytest.mark.parametrize("name", ["dora", "lena", "karl", "anna", "ivan", "adam", "sam"])
def test_only_recruiters_move_people(cast, vacancy, name):
    candidacy = make_candidacy(vacancy, stage=StageKind.SESSION)
    before = frozen()
    with pytest.raises(Candidacy.DoesNotExist):
        move(candidacy, StageKind.TASK, getattr(cast, name))
    assert frozen() == before


def test_a_recruiter_does_not_move_themselves(cast, vacancy):
    candidacy = make_candidacy(vacancy, make_candidate(user=cast.rita))
    with pytest.raises(Candidacy.DoesNotExist):
        move(candidacy, StageKind.CALL, cast.rita)


def test_a_stage_of_another_vacancy_is_no_stage(cast, vacancy):
    candidacy, other = make_candidacy(vacancy), make_vacancy()
    with pytest.raises(other.stages.model.DoesNotExist):
        commands.move_candidacy(
            actor=cast.rita, candidacy_id=candidacy.pk, stage_id=other.stages.first().pk
        )


def test_who_was_erased_moves_no_more(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    Candidacy.objects.update(candidate=None)
    with pytest.raises(RuleBroken, match="erased"):
        move(candidacy, StageKind.CALL, cast.rita)


def test_the_last_stage_means_hired(cast, vacancy):
    hired = move(make_candidacy(vacancy), StageKind.HIRED, cast.rita)
    assert (hired.state, hired.ended_by) == (CandidacyState.HIRED, cast.rita)
    assert hired.ended_at
    back = commands.reopen_candidacy(actor=cast.rita, candidacy_id=hired.pk)
    assert (back.state, back.stage.kind, back.ended_at) == ("active", "offer", None)


def test_the_program_hires_and_rejects_nobody(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    before = frozen()
    with pytest.raises(RuleBroken):
        move(candidacy, StageKind.HIRED, None)
    with pytest.raises(RuleBroken):
        end(candidacy, None, reason_id=reason())
    assert frozen() == before
    assert move(candidacy, StageKind.HIRED, None, by_candidate=True).state == "hired"


def test_a_rejection_has_a_reason_a_time_and_an_author(cast, vacancy):
    candidacy = make_candidacy(vacancy, stage=StageKind.TASK)
    out = end(candidacy, cast.rita, reason_id=reason("skills"), version=1)
    assert (out.state, out.ended_by, out.reject_reason.code) == ("rejected", cast.rita, "skills")
    assert out.ended_at and out.stage == candidacy.stage
    assert (out.moves.get().from_stage, out.moves.get().to_stage) == (candidacy.stage, None)


@pytest.mark.parametrize(
    "given",
    [
        {"state": "rejected"},
        {"state": "rejected", "code": "other_offer"},
        {"state": "withdrawn", "code": "pay"},
        {"state": "hired"},
        {"state": "active"},
        {"state": "rejected", "code": "pay", "version": 7},
    ],
)
def test_endings_that_say_too_little_change_nothing(cast, vacancy, given):
    candidacy = make_candidacy(vacancy)
    before = frozen()
    code = given.pop("code", None)
    if given["state"] == "active":
        Candidacy.objects.update(state="withdrawn")
        before = frozen()
    with pytest.raises(RuleBroken):
        end(candidacy, cast.rita, reason_id=code and reason(code), **given)
    assert frozen() == before


def test_a_candidate_withdraws_without_giving_a_reason(cast, vacancy):
    out = end(make_candidacy(vacancy), None, "withdrawn")
    assert (out.state, out.ended_by, out.reject_reason) == ("withdrawn", None, None)


def test_who_is_out_is_opened_again_before_they_move(cast, vacancy):
    candidacy = end(make_candidacy(vacancy, stage=StageKind.CALL), cast.rita, reason_id=reason())
    with pytest.raises(RuleBroken, match="open the candidacy again"):
        move(candidacy, StageKind.FORM, cast.rita)
    back = commands.reopen_candidacy(actor=cast.rita, candidacy_id=candidacy.pk)
    assert (back.state, back.reject_reason, back.stage.kind) == ("active", None, "call")
    assert move(candidacy, StageKind.FORM, cast.rita).stage.kind == "form"


def test_several_move_together_or_not_at_all(cast, vacancy):
    rows = [make_candidacy(vacancy) for _ in range(3)]
    ids = [row.pk for row in rows]
    target = stage(vacancy, StageKind.CALL)
    event = commands.move_candidacies(actor=cast.rita, candidacy_ids=ids, stage_id=target.pk)
    assert len(event.data["events"]) == 3
    assert Candidacy.objects.filter(stage=target).count() == 3
    end(rows[1], cast.rita, reason_id=reason())
    before = frozen()
    with pytest.raises(RuleBroken):
        commands.move_candidacies(
            actor=cast.rita, candidacy_ids=ids, stage_id=stage(vacancy, StageKind.FORM).pk
        )
    with pytest.raises(Candidacy.DoesNotExist):
        commands.move_candidacies(actor=cast.rita, candidacy_ids=[], stage_id=target.pk)
    assert frozen() == before


def column(vacancy, kind):
    rows = Candidacy.objects.filter(stage__kind=kind, vacancy=vacancy)
    return list(rows.order_by("rank", "-entered_at").values_list("pk", flat=True))


def test_a_card_lies_where_it_was_put(cast, vacancy):
    rows = [make_candidacy(vacancy, stage=StageKind.CALL) for _ in range(4)]
    order = [row.pk for row in reversed(rows)]
    assert column(vacancy, "call") == order
    move(rows[0], "call", cast.rita, below=order[0])
    assert column(vacancy, "call") == [order[0], order[3], order[1], order[2]]
    move(rows[1], "call", cast.rita, below=0)
    assert column(vacancy, "call") == [order[2], order[0], order[3], order[1]]
    new = make_candidacy(vacancy)
    move(new, "call", cast.rita, below=order[3])
    assert column(vacancy, "call") == [order[2], order[0], order[3], new.pk, order[1]]
    move(new, "call", cast.rita, below=order[1])
    assert column(vacancy, "call") == [order[2], order[0], order[3], order[1], new.pk]
