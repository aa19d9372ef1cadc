import pytest

from hiring.choices import StageKind
from hiring.commands import candidacy as commands
from hiring.commands.candidacy_undo import undo_move
from hiring.queries.pipeline.history import steps_of
from tests.recruiting import DAY, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def test_a_history_tells_how_long_and_what_was_taken_back(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    row = commands.add_candidacy(
        actor=cast.rita, candidate_id=make_candidate().pk, vacancy_id=vacancy.pk
    )
    one = {"actor": cast.rita, "candidacy_id": row.pk}
    for kind in (StageKind.CALL, StageKind.TASK):
        commands.move_candidacy(**one, stage_id=vacancy.stages.get(kind=kind).pk)
    undo_move(actor=cast.rita, event_id=commands.last_deed(row).pk)
    commands.end_candidacy(actor=None, candidacy_id=row.pk, state="withdrawn")
    found = row.moves.first()
    row.moves.filter(pk=found.pk).update(at=found.at - 3 * DAY)
    steps = steps_of(row)
    assert [(step.stage, step.days, step.is_undone) for step in steps] == [
        ("", None, False), ("Test task", None, True), ("To call", 0, False), ("Found", 3, False),
    ]  # fmt: skip
    assert [step.who for step in steps] == ["", "Rita", "Rita", "Rita"]
