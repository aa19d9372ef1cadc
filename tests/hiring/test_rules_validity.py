import pytest

from hiring.choices import SheetKind
from hiring.rules.validity import validity_of


@pytest.mark.parametrize(
    ("kind", "value", "former"),
    [("interview", 0.42, 0.51), ("task", 0.33, 0.54), ("session", 0.29, 0.37),
     ("call", 0.19, 0.38), ("language", 0.40, 0.48), ("cv", 0.07, 0.18)],
)  # fmt: skip
def test_the_published_validity_of_each_method(kind, value, former):
    found = validity_of(kind)
    assert (found.value, found.former) == (value, former)


def test_every_round_has_one():
    assert all(validity_of(kind) for kind in SheetKind.values)
    assert validity_of("horoscope") is None
