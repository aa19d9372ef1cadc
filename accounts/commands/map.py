"""Draw the account map: lines between people, places of cards; each change can be taken back.

What a change did is kept in its event as lines and places before and after, so that undo is the
same in reverse and refuses when somebody has changed the same thing since.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import LineKind
from accounts.commands.account import locked
from accounts.commands.contact import create_contact
from accounts.models import Account, Contact, ContactRole, Line, MapPlace, Position
from accounts.queries.graph import sentence_of
from accounts.rules import graph
from common.errors import RuleBroken
from common.ids import row_id
from people import verbs
from people.commands import record
from people.models import Event, User

FARTHEST = 100_000
Key = int | str  # a contact's number, or as the drawing says it: "c12", "r3" (a role's empty place)


def drawn(data: dict) -> str:
    line = sentence_of(data.get("kind", ""), *data.get("names", ("", "")))
    return _("New on the account map: %(line)s") % {"line": line}


def ended(data: dict) -> str:
    line = sentence_of(data.get("kind", ""), *data.get("names", ("", "")))
    return _("No longer on the account map: %(line)s") % {"line": line}


verbs.register(
    {
        "account.line_drawn": drawn,
        "account.line_ended": ended,
        "account.card_placed": gettext_lazy("A card was moved on the account map"),
        "account.cards_reset": gettext_lazy("The account map was laid out anew"),
        "account.person_drawn": gettext_lazy("%(name)s was added on the account map"),
        "account.map_undone": gettext_lazy("A change of the account map was taken back"),
    }
)
UNDOABLE = (
    "account.line_drawn", "account.line_ended", "account.card_placed", "account.cards_reset",
    "account.map_undone", "account.person_drawn",
)  # fmt: skip


class Conflict(RuleBroken):
    """Somebody moved the card first; `place` is where it is now (None: nowhere)."""

    def __init__(self, place: MapPlace | None):
        super().__init__(_("Somebody else has moved this card since you opened the map."))
        self.place = place


@dataclass
class Change:
    """What a command did, ready for the record: natural keys and plain values only."""

    lines: list[list] = field(default_factory=list)
    places: list[list] = field(default_factory=list)

    def line(self, before: dict | None, after: dict | None) -> None:
        self.lines.append([before, after])

    def place(self, contact_id: int, before: list | None, after: list | None) -> None:
        self.places.append([contact_id, before, after])

    def reversed(self) -> "Change":
        return Change(
            lines=[[after, before] for before, after in reversed(self.lines)],
            places=[[contact, after, before] for contact, before, after in reversed(self.places)],
        )


def _state(line: Line) -> dict:
    return {
        "kind": line.kind,
        "start": line.start_id,
        "end": line.end_id,
        "from": line.valid_from.isoformat(),
        "to": line.valid_to and line.valid_to.isoformat(),
    }


def _names(*contact_ids: int) -> dict[int, str]:
    return dict(Contact.objects.filter(pk__in=contact_ids).values_list("pk", "name"))


@transaction.atomic
def draw_line(
    *, actor: User, account_id: int, kind: str, start: Key, end: Key
) -> tuple[Line, Event]:
    """From today on. A new superior takes the place of the old one. Returns the record to undo.

    Contact.DoesNotExist when either is not at the account today.
    """
    account = locked(account_id, actor=actor)
    today = timezone.localdate()
    start_id, end_id = (_contact_of(key, account, actor=actor) for key in (start, end))
    _both_there(account, start_id, end_id, today)
    if kind not in LineKind.values:
        raise RuleBroken(_("Choose what the line stands for."))
    if start_id == end_id:
        raise RuleBroken(_("A line needs two people."))
    lines = list(Line.objects.filter(account=account).on(today).select_for_update(of=("self",)))
    names = _names(start_id, end_id)
    _check_new(kind, start_id, end_id, lines, names)
    change = Change()
    if kind == LineKind.REPORTS_TO:
        for former in lines:
            if former.kind == kind and former.start_id == start_id:
                _end(former, today, change)
    made = Line.objects.create(
        account=account, kind=kind, start_id=start_id, end_id=end_id, valid_from=today,
        made_by=actor,
    )  # fmt: skip
    change.line(None, _state(made))
    said = {"kind": kind, "names": [names[start_id], names[end_id]]}
    return made, _record(actor, "account.line_drawn", account, change, **said)


def _contact_of(key: Key, account: Account, *, actor: User) -> int:
    """The person meant; a required role nobody holds gets its place on the map now."""
    if isinstance(key, int):
        return key
    if not key:
        raise RuleBroken(_("Choose whom."))
    prefix, number = key[:1], row_id(key[1:])
    if prefix not in ("c", "r") or number is None:
        raise Contact.DoesNotExist
    if prefix == "c":
        return number
    role = ContactRole.objects.filter(pk=number).first()
    if role is None:
        raise Contact.DoesNotExist
    places = Position.objects.filter(account=account, role=role, contact__name="")
    known = places.on(timezone.localdate()).values_list("contact", flat=True).first()
    return known or create_contact(actor=actor, account_id=account.pk, role=role).pk


def _both_there(account: Account, start_id: int, end_id: int, day: dt.date) -> None:
    rows = Position.objects.filter(account=account, contact__in=[start_id, end_id]).on(day)
    if rows.order_by().values("contact").distinct().count() != len({start_id, end_id}):
        raise Contact.DoesNotExist


def _check_new(kind: str, start: int, end: int, lines: list[Line], names: dict[int, str]) -> None:
    pairs = {(line.kind, line.start_id, line.end_id) for line in lines}
    there = {(kind, start, end)} | ({(kind, end, start)} if kind == LineKind.CONFLICT else set())
    if pairs & there:
        raise RuleBroken(_("This line is there already."))
    superiors = {line.start_id: line.end_id for line in lines if line.kind == LineKind.REPORTS_TO}
    if kind == LineKind.REPORTS_TO and graph.makes_circle(superiors, start, end):
        below = {
            "above": names[end] or _("somebody unknown"),
            "name": names[start] or _("somebody unknown"),
        }
        raise RuleBroken(
            _("%(above)s stands under %(name)s already, so that would close a circle.") % below
        )


def _end(line: Line, today: dt.date, change: Change) -> None:
    """From today on it is not there; one that was drawn today was never there."""
    before = _state(line)
    if line.valid_from >= today:
        line.delete()
        change.line(before, None)
        return
    line.valid_to = today
    line.save(update_fields=["valid_to"])
    change.line(before, _state(line))


@transaction.atomic
def end_line(*, actor: User, account_id: int, line_id: int) -> Event:
    """Take a line off the map from today on; past days keep it. Line.DoesNotExist if it is gone."""
    account = locked(account_id, actor=actor)
    today = timezone.localdate()
    rows = Line.objects.filter(account=account).on(today).select_for_update(of=("self",))
    line = rows.get(pk=line_id)
    names = _names(line.start_id, line.end_id)
    said = {"kind": line.kind, "names": [names[line.start_id], names[line.end_id]]}
    change = Change()
    _end(line, today, change)
    return _record(actor, "account.line_ended", account, change, **said)


@transaction.atomic
def place_card(
    *, actor: User, account_id: int, key: Key, x: int, y: int, version: int
) -> tuple[MapPlace, Event]:
    """Put a card where somebody wants it; `version` is that of the place they saw (0: none)."""
    account = locked(account_id, actor=actor)
    contact_id = _contact_of(key, account, actor=actor)
    _both_there(account, contact_id, contact_id, timezone.localdate())
    if max(abs(x), abs(y)) > FARTHEST:
        raise RuleBroken(_("That is off the map."))
    known = account.map_places.select_for_update().filter(contact=contact_id).first()
    if (known.version if known else 0) != version:
        raise Conflict(known)
    change = Change()
    before = [known.x, known.y] if known else None
    place = _put(account, contact_id, [x, y])
    change.place(contact_id, before, [x, y])
    return place, _record(actor, "account.card_placed", account, change, target=place)


def _put(account: Account, contact_id: int, at: list | None) -> MapPlace | None:
    known = account.map_places.filter(contact=contact_id).first()
    if at is None:
        if known:
            known.delete()
        return None
    if known is None:
        return account.map_places.create(contact_id=contact_id, x=at[0], y=at[1])
    known.x, known.y = at
    known.version += 1
    known.save(update_fields=["x", "y", "version"])
    return known


@transaction.atomic
def reset_places(*, actor: User, account_id: int) -> Event:
    """Forget where cards were put by hand; the layout places them again."""
    account = locked(account_id, actor=actor)
    places = list(account.map_places.select_for_update())
    if not places:
        raise RuleBroken(_("No card was moved by hand."))
    change = Change()
    for place in places:
        change.place(place.contact_id, [place.x, place.y], None)
        place.delete()
    return _record(actor, "account.cards_reset", account, change)


@transaction.atomic
def add_person(
    *, actor: User, account_id: int, name: str, superior: Key | None = None, **fields
) -> tuple[Contact, Event]:
    """Somebody new on the map, below `superior` if one is named; without a name a hole.

    `fields` are those of accounts.commands.contact.create_contact.
    """
    account = locked(account_id, actor=actor)
    contact = create_contact(actor=actor, account_id=account.pk, name=name, **fields)
    change = Change()
    if superior:
        above = _contact_of(superior, account, actor=actor)
        line, _event = draw_line(
            actor=actor, account_id=account.pk, kind=LineKind.REPORTS_TO, start=contact.pk,
            end=above,
        )  # fmt: skip
        change.line(None, _state(line))
    said = {"name": contact.name or _("Somebody unknown"), "person": contact.pk}
    return contact, _record(actor, "account.person_drawn", account, change, **said)


@transaction.atomic
def undo_change(*, actor: User, account_id: int, event_id: int) -> Event:
    """Take one change of the map back (an undo too); refused when it was changed since."""
    account = locked(account_id, actor=actor)
    event = Event.objects.filter(verb__in=UNDOABLE, data__account=account.pk).get(pk=event_id)
    change = Change(lines=event.data["lines"], places=event.data["places"]).reversed()
    for now, then in change.lines:
        _restore_line(account, now, then, actor=actor)
    for contact_id, now, then in change.places:
        place = account.map_places.filter(contact=contact_id).first()
        if ([place.x, place.y] if place else None) != now:
            raise RuleBroken(_("This has been changed again since; nothing was taken back."))
        _put(account, contact_id, then)
    if event.verb == "account.person_drawn":
        _take_off(account, event.data["person"])
    return _record(actor, "account.map_undone", account, change)


def _take_off(account: Account, contact_id: int) -> None:
    """Somebody added by a slip goes without a trace; with traces they stay."""
    contact = Contact.objects.filter(pk=contact_id).first()
    traces = (
        contact is None
        or contact.observations.exists()
        or contact.presences.exists()
        or contact.lines_in.exists()
        or contact.lines_out.exists()
        or contact.tasks.exists()
        or contact.positions.exclude(account=account).exists()
    )
    if traces:
        raise RuleBroken(_("Something has been written about this person since; they stay."))
    contact.delete()


def _restore_line(account: Account, now: dict | None, then: dict | None, *, actor: User) -> None:
    changed = RuleBroken(_("This has been changed again since; nothing was taken back."))
    if then and then["to"] is None:
        try:
            _both_there(account, then["start"], then["end"], timezone.localdate())
        except Contact.DoesNotExist as error:
            raise changed from error
    line = _find(account, now) if now else None
    if now and line is None:
        raise changed
    if then is None:
        line.delete()
        return
    if then["to"] is None and _is_taken(account, then, but=line):
        raise changed
    ends = then["to"] and dt.date.fromisoformat(then["to"])
    if line is not None:
        line.valid_to = ends
        line.save(update_fields=["valid_to"])
        return
    Line.objects.create(
        account=account, kind=then["kind"], start_id=then["start"], end_id=then["end"],
        valid_from=dt.date.fromisoformat(then["from"]), valid_to=ends, made_by=actor,
    )  # fmt: skip


def _find(account: Account, state: dict) -> Line | None:
    return Line.objects.filter(
        account=account, kind=state["kind"], start=state["start"], end=state["end"],
        valid_from=state["from"], valid_to=state["to"],
    ).first()  # fmt: skip


def _is_taken(account: Account, state: dict, but: Line | None) -> bool:
    """Whether an open line stands where this one wants to open again."""
    rows = Line.objects.filter(account=account, kind=state["kind"]).open_ended()
    same = Q(start=state["start"], end=state["end"])
    if state["kind"] == LineKind.REPORTS_TO:
        same = Q(start=state["start"])
    return rows.exclude(pk=but and but.pk).filter(same).exists()


def _record(actor: User, verb: str, account: Account, change: Change, **data) -> Event:
    target = data.pop("target", account)
    return record(
        actor=actor, verb=verb, target=target, account=account.pk, lines=change.lines,
        places=change.places, **data,
    )  # fmt: skip
