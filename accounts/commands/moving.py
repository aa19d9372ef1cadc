"""Rows that follow when two become one, kept so exactly that undo puts every one of them back.

A row that the survivor has already in another form (the same open place, the same line) cannot
follow: it is taken out and kept whole. See docs/decisions/0014-people-follow-a-merge.md.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import serializers
from django.db import models
from django.db.models import Q

BATCH = 2_000
OTHER_END = {"start": "end", "end": "start"}


@dataclass(frozen=True)
class Follower:
    """A foreign key whose rows follow. `frees`: a field that is emptied where it would collide."""

    model: type[models.Model]
    field: str
    frees: str = ""

    @property
    def label(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self, owner_id: int) -> models.QuerySet:
        """Past the managers of models that are only added to: the pointer moves, not the word."""
        return self.model._base_manager.filter(**{self.field: owner_id})


def move(followers: Iterable[Follower], *, old: int, new: int) -> dict:
    """Point the rows of `old` at `new`; what undo needs: {"rows", "taken", "freed"}."""
    moved: dict = {"rows": {}, "taken": [], "freed": {}}
    for follower in followers:
        colliding = _colliding(follower, old, new)
        if colliding and follower.frees:
            rows = follower.rows(old).filter(pk__in=colliding)
            moved["freed"][follower.label] = list(rows.values_list("pk", follower.frees))
            rows.update(**{follower.frees: ""})
        elif colliding:
            moved["taken"] += _take(follower.rows(old).filter(pk__in=colliding))
        ids = list(follower.rows(old).order_by("pk").values_list("pk", flat=True))
        follower.rows(old).update(**{follower.field: new})
        if ids:
            moved["rows"][follower.label] = ids
    return moved


def _take(rows: models.QuerySet) -> list[dict]:
    """Delete them and return them whole; times to the microsecond, which Django's JSON cuts."""
    kept = json.loads(json.dumps(serializers.serialize("python", rows), default=str))
    for row in rows:
        models.Model.delete(row)
    return kept


def _colliding(follower: Follower, old: int, new: int) -> set[int]:
    """Rows of `old` that a constraint of the database forbids beside those of `new`."""
    found: set[int] = set()
    for constraint in follower.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and follower.field in constraint.fields:
            others = [name for name in constraint.fields if name != follower.field]
            condition = constraint.condition or Q()
            there = follower.rows(new).filter(condition).values_list("pk", *others)
            here = follower.rows(old).filter(condition).values_list("pk", *others)
            held = {tuple(values) for _pk, *values in there}
            found |= {pk for pk, *values in here if tuple(values) in held}
    if other := OTHER_END.get(follower.field):  # a line needs two people
        found |= set(follower.rows(old).filter(**{other: new}).values_list("pk", flat=True))
    return found


def move_back(followers: Iterable[Follower], moved: dict, *, old: int, new: int) -> None:
    """Point the rows at `old` again, as far as they are still `new`'s; bring back what was taken.

    What was written down since stays with `new`. Rows whose other end is gone stay away.
    """
    known = {follower.label: follower for follower in followers}
    for label, ids in moved.get("rows", {}).items():
        follower = known[label]
        for start in range(0, len(ids), BATCH):
            rows = follower.rows(new).filter(pk__in=ids[start : start + BATCH])
            rows.update(**{follower.field: old})
    for label, pairs in moved.get("freed", {}).items():
        follower = known[label]
        for pk, value in pairs:
            follower.rows(old).filter(pk=pk).update(**{follower.frees: value})
    for found in serializers.deserialize("python", moved.get("taken", [])):
        if _is_whole(found.object):
            found.save()


def _is_whole(row: models.Model) -> bool:
    """Whether what the row points to is still there."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if not field.is_relation or value is None:
            continue
        if field.related_model._base_manager.filter(pk=value).exists():
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True
