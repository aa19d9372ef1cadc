from django.db.models import Model

from people.models import Event, User


def record(*, actor: User | None, verb: str, target: Model, **data: object) -> Event:
    """Note that `actor` (None: the system) did `verb` to `target`; called inside a transaction.

    `data` is plain JSON; field changes go under `changes={"field": [old, new]}`.
    """
    return Event.objects.create(
        actor=actor if actor is None or actor.pk else None,
        verb=verb,
        target_kind=target._meta.label_lower,
        target_id=target.pk,
        data=data,
    )


def apply_changes(target: Model, values: dict) -> dict[str, list]:
    """Set the fields that differ and save them; returns them as {"field": [old, new]}."""
    changes = {}
    for field, new in values.items():
        old = getattr(target, field)
        if old != new:
            changes[field] = [_plain(old), _plain(new)]
            setattr(target, field, new)
    if changes:
        target.save(update_fields=list(changes))
    return changes


def _plain(value):
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return str(value)
