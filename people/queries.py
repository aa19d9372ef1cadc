from people.models import Event


def history(target) -> list[Event]:
    """What was done to `target`, newest first, with the people who did it (at most 200)."""
    return list(Event.objects.about(target).select_related("actor")[:200])
