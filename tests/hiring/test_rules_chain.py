import datetime as dt

import pytest

from hiring.rules import chain

KEY = b"k" * 50
AT = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC)
ROW = {"before": "", "seal": "s", "actor_id": 1, "act": "viewed", "purpose": "card", "at": AT}


def test_the_same_row_has_the_same_link_whatever_its_zone():
    moscow = AT.astimezone(dt.timezone(dt.timedelta(hours=3)))
    assert chain.link(KEY, **ROW) == chain.link(KEY, **ROW | {"at": moscow})
    assert chain.seal(KEY, 7, AT) == chain.seal(KEY, 7, moscow)


@pytest.mark.parametrize(
    "change",
    [{"before": "x"}, {"seal": "t"}, {"actor_id": None}, {"act": "exported"}, {"purpose": ""},
     {"at": AT + dt.timedelta(microseconds=1)}, {"act": "viewedcard", "purpose": ""}],
)  # fmt: skip
def test_every_part_tells(change):
    assert chain.link(KEY, **ROW) != chain.link(KEY, **ROW | change)


def test_a_seal_is_of_one_candidate_one_moment_and_one_key():
    other = AT + dt.timedelta(microseconds=1)
    seals = {chain.seal(KEY, 7, AT), chain.seal(KEY, 8, AT), chain.seal(KEY, 7, other),
             chain.seal(b"x" * 50, 7, AT)}  # fmt: skip
    assert len(seals) == 4
