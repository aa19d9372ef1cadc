"""The calling lists: one worked through, one in the middle, callbacks for today."""

import datetime as dt
import uuid

from hiring.choices import CallOutcome, CallState, CandidacyState, StageKind
from hiring.models import Call, CallEntry, CallList
from kpi.demo.hiring import CandidatePlan
from kpi.demo.hiring.lore import SCRIPT
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

STREAM = 42
REST = (CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER, CallOutcome.LATER, CallOutcome.NO_ANSWER)


def write_calls(world: World, book: Book) -> None:
    rng = world.rng(STREAM)
    for key, vacancy in book.vacancies.items():
        calls = CallList.objects.create(vacancy=vacancy, script=SCRIPT)
        for place, (person, row) in enumerate(book.people(key)):
            kinds = [kind for kind, _day in person.path]
            if StageKind.CALL not in kinds or row.candidate.user_id:
                continue
            entry = CallEntry.objects.create(list=calls, candidacy=row, order=place)
            _calls(world, entry, person, how=int(rng.integers(len(REST))))


def _calls(world: World, entry: CallEntry, person: CandidatePlan, *, how: int) -> None:
    """Further on: agreed. Out: refused. Else tried once or not yet; some asked to be called later."""
    row, day = entry.candidacy, dict(person.path)[StageKind.CALL]
    waits = person.path[-1][0] == StageKind.CALL and row.state == CandidacyState.ACTIVE
    if waits and person.number % 3 == 0:
        return
    outcome = REST[how] if waits else CallOutcome.AGREED
    if not waits and person.path[-1][0] == StageKind.CALL:
        outcome = CallOutcome.REFUSED
    later = world.at(0, 8 + person.number % 9, 30) if outcome == CallOutcome.LATER else None
    Call.objects.create(
        key=uuid.UUID(int=world.seed * 10**6 + person.number), candidate=row.candidate,
        entry=entry, outcome=outcome, call_back_at=later, at=world.at(max(day - 1, 1), 10),
        by=world.users["natalia_orlova"],
        note="Asked to be called after lunch" if later else "",
    )  # fmt: skip
    entry.attempts = 1
    entry.state = CallState.WAITING if waits else CallState.DONE
    entry.is_callback = later is not None
    entry.due_at = later or world.at(1, 9) + dt.timedelta(hours=6)
    entry.save()
