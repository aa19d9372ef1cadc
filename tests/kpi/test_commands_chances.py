from threading import Thread

import numpy as np
import pytest
from django.db import connection

from accounts.models import AccountScore, Scoring
from common import dbops
from kpi.commands import recompute
from kpi.commands.backtest import keep_backtest
from kpi.commands.chances import write_chances
from kpi.commands.night import LOCK
from kpi.jobs import recompute as night
from kpi.models import Backtest
from kpi.queries import chances
from kpi.rules import chance as rules
from tests.cast import make_company
from tests.kpi.histories import LAST, no_signal, signal, write

pytestmark = pytest.mark.django_db


def percents() -> list[int | None]:
    return list(AccountScore.objects.order_by("account").values_list("p_order", flat=True))


@pytest.fixture
def judged():
    """A book whose history tells, judged and tried."""
    make_company()
    write(signal(260))
    recompute(as_of=LAST)
    kept = keep_backtest(day=LAST)
    assert kept.shown


def test_every_account_that_may_be_told_has_its_whole_percent(judged):
    assert write_chances() == sum(one is not None for one in percents()) > 100
    scores = chances.scores(LAST)
    kept = Backtest.objects.get()
    told = scores.look.told
    expected = rules.chance(kept.shown, kept.learnt[kept.shown], scores.look.of(told), 90)
    assert np.abs(scores.percent[told] / 100 - expected).max() <= 0.0050001
    assert (scores.percent[~told] == chances.UNTOLD).all()


def test_only_rows_that_changed_are_written(judged):
    write_chances()
    assert write_chances() == 0
    AccountScore.objects.filter(pk=AccountScore.objects.first().pk).update(p_order=3)
    assert write_chances() == 1


def test_a_gate_that_shuts_takes_the_chances_away(judged):
    write_chances()
    Backtest.objects.update(shown="", reason=rules.NO_SIGNAL)
    assert write_chances() > 0
    assert set(percents()) == {None}


def test_killed_in_the_middle_and_started_again_it_ends_the_same(judged, monkeypatch):
    monkeypatch.setattr("kpi.commands.chances.BATCH", 50)
    write_chances()
    whole = percents()
    AccountScore.objects.update(p_order=None)

    def die(done, total, **_more):
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_chances(progress=die)
    assert percents() != whole
    write_chances()
    assert percents() == whole


def test_scores_that_a_night_is_writing_are_left_alone(judged):
    Scoring.objects.update(whole=False)
    assert write_chances() == 0
    assert set(percents()) == {None}


@pytest.mark.django_db(transaction=True)
def test_while_a_night_works_elsewhere_nothing_is_written(judged):
    written = []

    def second():
        written.append(write_chances())
        connection.close()

    with dbops.exclusive(LOCK):
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert written == [0]
    assert write_chances() > 0


def test_the_night_tries_the_quarter_and_tells_chances():
    make_company()
    write(signal(260))
    result = night(lambda *_args, **_more: None, as_of=LAST.isoformat())
    assert result["chances"] == sum(one is not None for one in percents()) > 100


def test_without_a_signal_no_chance_is_written():
    make_company()
    write(no_signal(260))
    result = night(lambda *_args, **_more: None, as_of=LAST.isoformat())
    assert Backtest.objects.get().reason == rules.NO_SIGNAL
    assert (result["chances"], set(percents())) == (0, {None})
