"""Which records were said not to be one."""

from django.db.models import Model, QuerySet

from people.models import Distinct

MOST = 1_000


def told_apart(rows: QuerySet) -> list[tuple[Model, Model]]:
    """Pairs that were told apart, the newest first, of which `rows` holds both; two queries."""
    pairs = list(Distinct.objects.of(rows.model).values_list("low", "high")[:MOST])
    found = rows.in_bulk({pk for pair in pairs for pk in pair})
    return [(found[low], found[high]) for low, high in pairs if low in found and high in found]
