"""The record, ready to show: who, what, from what to what, by day, in the reader's language."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people import verbs
from people.choices import Role
from people.models import Event, User

MOST = 200


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    id: int
    at: dt.datetime
    actor: User | None
    sentence: str
    changes: list[Change] = field(default_factory=list)
    target_kind: str = ""
    target_id: int = 0
    verb: str = ""
    about: str = ""


@dataclass(frozen=True)
class Day:
    day: dt.date
    entries: list[Entry]


def events(target: Model) -> list[Event]:
    """The bare rows about `target`, newest first (at most 200), with their actors."""
    return list(Event.objects.about(target).select_related("actor")[:MOST])


def history(target: Model, *, reader: User | None = None) -> list[Day]:
    """What was done to `target`, newest first, at most 200 entries, in one query.

    The caller has obtained `target` through visible_to. Changes of fields that the reader may not
    see are left out; without a reader all of these.
    """
    return days_of(events(target), reader=reader)


def days_of(rows: list[Event], *, reader: User | None = None) -> list[Day]:
    """Rows of one object's record that the caller has chosen, as history tells them."""
    hidden = verbs.hidden_fields(reader)
    return by_day([entry(row, hidden=hidden) for row in rows])


def record_page(
    reader: User, *, person: int | None, kind: str, day: dt.date | None
) -> QuerySet[Event]:
    """Events the reader may know of, newest first; an unevaluated queryset for the paginator."""
    rows = Event.objects.visible_to(reader).select_related("actor")
    if person:
        rows = rows.filter(actor_id=person)
    if kind:
        rows = rows.filter(verb__startswith=f"{kind}.")
    if day and not dt.MINYEAR < day.year < dt.MAXYEAR:
        return rows.none()  # such a day has no beginning or end in every zone
    if day:
        start = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        rows = rows.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))
    return rows


def record_entries(reader: User, rows: list[Event]) -> list[Day]:
    """Directors read what happened; administrators read that it did, without values."""
    if reader.is_administrator and not reader.is_director:
        return by_day([_technical(row) for row in rows])
    names = _target_names(reader, rows)
    hidden = verbs.hidden_fields(reader)
    told = [entry(row, hidden=hidden) for row in rows]
    return by_day([replace(e, about=names.get((e.target_kind, e.target_id), "")) for e in told])


def _target_names(reader: User, rows: list[Event]) -> dict[tuple[str, int], str]:
    """What the events are about, as far as the reader may see it; one query a kind of object."""
    ids: dict[str, set[int]] = {}
    for row in rows:
        ids.setdefault(row.target_kind, set()).add(row.target_id)
    names = {}
    for kind, keys in ids.items():
        try:
            found = apps.get_model(kind)._default_manager.all()
        except (LookupError, ValueError):
            continue
        if hasattr(found, "visible_to"):
            found = found.visible_to(reader)
        names |= {(kind, target.pk): str(target) for target in found.filter(pk__in=keys)}
    return names


def entry(row: Event, *, hidden: Collection[tuple[str, str]]) -> Entry:
    return Entry(
        id=row.pk,
        at=timezone.localtime(row.at),
        actor=row.actor,
        sentence=verbs.sentence(row.verb, row.data),
        changes=_changes(row, hidden),
        target_kind=row.target_kind,
        target_id=row.target_id,
        verb=row.verb,
    )


def by_day(entries: list[Entry]) -> list[Day]:
    return [Day(day, list(group)) for day, group in groupby(entries, lambda e: e.at.date())]


def _technical(row: Event) -> Entry:
    return Entry(
        id=row.pk,
        at=timezone.localtime(row.at),
        actor=row.actor,
        sentence=row.verb,
        target_kind=row.target_kind,
        target_id=row.target_id,
        verb=row.verb,
    )


def _changes(row: Event, hidden: Collection[tuple[str, str]]) -> list[Change]:
    return [
        Change(_label(row.target_kind, name), _words(row, name, old), _words(row, name, new))
        for name, (old, new) in row.data.get("changes", {}).items()
        if (row.target_kind, name) not in hidden
    ]


def _field(kind: str, name: str):
    kind, name = verbs.FIELDS_ELSEWHERE.get((kind, name), (kind, name))
    try:
        found = apps.get_model(kind)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist, ValueError):
        return None
    return found if hasattr(found, "verbose_name") else None  # not the far side of a relation


def _label(kind: str, name: str) -> str:
    words = {"roles": _("Roles"), "mark": _("Mark")}
    if name in words:
        return words[name]
    found = _field(kind, name)
    return capfirst(str(found.verbose_name)) if found is not None else name.replace("_", " ")


def _words(row: Event, name: str, value) -> str:
    """A stored value as a person reads it; "" for none."""
    if value is None or value == "" or value == []:
        return ""
    if name in ("roles", "second_factor_roles"):
        return capfirst(", ".join(str(Role(code).label) for code in value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    choices = dict(getattr(_field(row.target_kind, name), "flatchoices", None) or [])
    return str(choices.get(value, value))
