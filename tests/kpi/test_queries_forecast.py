import datetime as dt

import pytest

from kpi.queries import forecast as query
from kpi.rules import chance as rules
from tests.kpi.histories import FIRST, LAST, signal, write

pytestmark = pytest.mark.django_db
KEYS = {"auc", "brier", "brier_skill", "precision", "recall", "false_alarm_rate", "n"}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (rules.SHORT, "two past quarters whose outcome is known, and the ledger holds 0"),
        (rules.FEW, "past quarters hold 1,200 account-dates with 40 that did not order; 300 with"),
        (rules.NO_SIGNAL, "does not predict lost accounts better than the average. No chances"),
        (rules.SHOWN, "better than the average in both of the last two quarters"),
    ],
)
def test_the_verdict_is_told_in_words(reason, words):
    assert words in query.verdict(reason, [], 1200, 40)


def test_the_models_of_a_day_against_what_then_happened():
    write(signal())
    found = query.tested(dt.date(2025, 12, 31), 60)
    assert set(found) == {"models", "shown", "verdict"}
    assert set(found["models"]) == set(rules.MODELS)
    assert all(set(figures) == KEYS for figures in found["models"].values())
    best = max(found["models"][name]["auc"] for name in rules.TELLING)
    assert best > found["models"][rules.RECENCY]["auc"]
    assert 0 < found["models"][rules.OWN_RHYTHM]["n"] <= found["models"][rules.BG_NBD]["n"]
    assert found["models"][rules.OWN_RHYTHM]["brier"] is None
    assert found["shown"] in rules.TELLING


def test_what_is_not_known_yet_is_null():
    write(signal(220))
    found = query.tested(LAST, 90)["models"]
    assert {(one["n"], one["auc"]) for one in found.values()} == {(0, None)}


def test_a_short_history_shows_nothing_and_says_so():
    write(signal(220))
    found = query.tested(FIRST + dt.timedelta(days=200), 60)
    assert found["shown"] is None
    assert "Too early to tell" in found["verdict"]


def test_without_a_trial_there_is_nothing_to_tell():
    assert query.forecast() is None
