import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Scoring
from kpi.commands.backtest import keep_backtest
from kpi.queries import forecast as query
from kpi.rules import chance as rules
from tests.cast import make_account
from tests.kpi.facts import make_day
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


def test_figures_taken_back_to_an_earlier_day_go_with_its_own_trial():
    make_day(make_account(), dt.date(2025, 1, 1), 10)
    for day in (LAST, LAST + dt.timedelta(days=1)):
        keep_backtest(day=day)
    assert query.forecast().kept.as_of == LAST
    Scoring.objects.create(pk=1, as_of=LAST, whole=True)
    assert query.forecast().kept.as_of == dt.date(2025, 12, 31)


def test_the_command_writes_the_file_and_says_the_verdict(tmp_path):
    make_day(make_account(), dt.date(2025, 1, 1), 10)
    path, out = tmp_path / "report.json", StringIO()
    call_command("backtest", as_of=LAST, horizon=60, output=str(path), stdout=out)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["verdict"] == out.getvalue().strip()
    assert (found["shown"], found["models"]["bg_nbd"]["n"]) == (None, 0)
    with pytest.raises(CommandError, match="one day or more"):
        call_command("backtest", as_of=LAST, horizon=0, output=str(path))


def test_without_a_trial_there_is_nothing_to_tell():
    assert query.forecast() is None
