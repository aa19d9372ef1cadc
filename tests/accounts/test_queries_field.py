import datetime as dt

import pytest

from accounts.models import FieldSettings
from accounts.queries.field import examples, field_figures, words_of
from accounts.rules import field as rule

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def plain(said: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: [text.replace("\u00a0", " ") for text in texts] for key, texts in said.items()}


def test_figures_are_flat_and_come_back_as_they_were():
    row = FieldSettings()
    figures = field_figures()
    values = rule.tables(figures)
    assert len(figures) == 4 + 4 + 10 * 4 + 2
    for name in ("cadence_days", "half_life_days", "shelf_days", "late_after_hours"):
        assert values[name] == getattr(row, name)


def test_gaps_in_the_stored_tables_read_as_the_starting_figures():
    FieldSettings.objects.create(pk=1, shelf_days={"stance": {"A": 30}})
    figures = field_figures()
    assert figures["shelf_days", "stance", "A"] == 30
    assert figures["shelf_days", "stance", "B"] == 135
    assert figures["shelf_days", "dossier", "A"] == 180


@pytest.mark.parametrize(
    "figure, value, fits",
    [
        (("cadence_days", "", "A"), None, True), (("half_life_days", "", "A"), None, False),
        (("shelf_days", "stance", "A"), 0, False), (("shelf_days", "stance", "A"), 3650, True),
        (("shelf_days", "stance", "A"), 3651, False), (("late_after_hours", "", ""), 337, False),
        (("bow_tie_target", "", ""), 101, False), (("bow_tie_target", "", ""), 100, True),
    ],
)  # fmt: skip
def test_figures_have_limits(figure, value, fits):
    assert rule.is_figure(figure, value) is fits


def test_examples_say_what_the_figures_come_to():
    said = plain(examples(field_figures(), DAY))
    assert said["cadence_days"][0] == (
        "An account of tier A, met today, is due again on 4 Dec 2026."
    )
    assert said["cadence_days"][3] == (
        "Accounts without a tier have no rhythm unless one is agreed."
    )
    assert "63" in said["half_life_days"][0] and "25" in said["half_life_days"][0]
    assert "19 Feb 2027" in said["shelf_days"][0]
    none = field_figures() | {("cadence_days", "", "A"): None, ("cadence_days", "", "N"): 30}
    said = plain(examples(none, DAY))["cadence_days"]
    assert said[0] == "Tier A has no rhythm unless one is agreed."
    assert said[3] == "An account without a tier, met today, is due again on 20 Dec 2026."


def test_a_change_reads_as_a_sentence():
    for figure in field_figures():
        assert "1 → none" in words_of(figure, 1, None)
    assert words_of(("shelf_days", "stance", "A"), 90, 60) == (
        "Shelf life of “Stance” in tier A, days: 90 → 60"
    )
