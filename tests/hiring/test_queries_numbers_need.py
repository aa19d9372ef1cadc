import pytest

from hiring.choices import StageKind
from hiring.queries.numbers.funnel import StageRow
from hiring.queries.numbers.need import need
from hiring.rules.rates import rate

SHARES = {"found": (40, 100), "call": (30, 100), "form": (50, 100), "invite": (50, 100),
          "session": (25, 100)}  # fmt: skip


def row(kind, hits, cases):
    return StageRow(StageKind(kind), came=cases, here=0, left=cases, went_on=rate(hits, cases))


def test_calls_follow_from_the_rates_of_all_stages():
    rows = [row(kind, *counts) for kind, counts in SHARES.items()]
    found = need(good=1, attrition=0.5, rows=rows)
    assert [line.hires for line in found] == [3, 4, 5]
    assert found[1].calls == 613


def test_the_other_side_is_shown_too():
    line = need(good=3, attrition=0.5, rows=[])[1]
    assert (line.hires, line.stay) == (9, 4.5)
    assert line.too_many == pytest.approx(0.746, abs=5e-4)


@pytest.mark.parametrize("thin", [(4, 9), (0, 40)])
def test_a_stage_that_is_too_thin_gives_no_number_of_calls(thin):
    rows = [row("form", 50, 100), row("session", *thin)]
    assert [line.calls for line in need(good=1, attrition=0.5, rows=rows)] == [None] * 3
    assert need(good=1, attrition=0.5, rows=[])[0].calls is None
