"""Reporting lines, influence beside them, and who is at odds with whom."""

from accounts.choices import LineKind
from accounts.models import Line
from kpi.demo.field import FieldPlan
from kpi.demo.field.touches import owner_on
from kpi.demo.write import World
from kpi.demo.write.accounts import BATCH


def write_lines(world: World) -> None:
    rows = []
    for field in world.fields:
        for who, person in enumerate(field.people):
            if person.chief is not None and person.kind == "staff":
                rows.append(_line(world, field, LineKind.REPORTS_TO, who, person.chief))
        rows += [_line(world, field, LineKind.INFLUENCES, *pair) for pair in field.influences]
        rows += [_line(world, field, LineKind.CONFLICT, *pair) for pair in field.conflicts]
    Line.objects.bulk_create((row for row in rows if row), batch_size=BATCH)


def _line(world: World, field: FieldPlan, kind: str, start: int, end: int) -> Line | None:
    """From the day both were there until the first of them left; influence is noticed later."""
    both = field.people[start], field.people[end]
    since = min(person.since for person in both)
    until = max((person.until for person in both if person.until is not None), default=None)
    if kind != LineKind.REPORTS_TO:
        since = min(since, 40 + 31 * (start + end) % 420)
    if until is not None and until >= since:
        return None
    return Line(
        account=world.accounts[field.index],
        kind=kind,
        start=world.contacts[field.index, start],
        end=world.contacts[field.index, end],
        valid_from=world.day(since),
        valid_to=None if until is None else world.day(until),
        made_by=world.users[owner_on(world.plans[field.index], since)],
        made_at=world.at(min(since, 900), 12),
    )
