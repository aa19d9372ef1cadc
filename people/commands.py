from people.models import Event, User


def record(*, actor: User | None, verb: str, target, **data) -> Event:
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
