"""p_order_90d of export_scores."""

import csv
import io

import pytest

from accounts.models import AccountScore
from kpi.jobs import recompute
from kpi.models import Backtest
from kpi.queries.exports import write_scores
from tests.cast import make_company
from tests.kpi.histories import LAST, no_signal, signal, write

pytestmark = pytest.mark.django_db


def exported() -> dict[str, str]:
    file = io.StringIO()
    write_scores(file, LAST)
    return {row["name"]: row["p_order_90d"] for row in csv.DictReader(io.StringIO(file.getvalue()))}


def test_the_night_stores_what_the_export_computes_with_ten_decimals():
    make_company()
    write(signal(260))
    unasked = exported()
    recompute(lambda *_args, **_more: None, as_of=LAST.isoformat())
    found = exported()
    assert found == unasked
    for name, stored in AccountScore.objects.values_list("account__name", "p_order"):
        if stored is None:
            assert found[name] == ""
        else:
            assert len(found[name]) == len("0.0123456789")
            assert abs(float(found[name]) * 100 - stored) <= 0.5 + 1e-6


def test_without_a_signal_the_column_is_empty():
    make_company()
    write(no_signal(260))
    assert set(exported().values()) == {""}
    assert not Backtest.objects.exists()
