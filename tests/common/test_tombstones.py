import datetime as dt
import stat

import pytest

from common import tombstones

MADE = dt.datetime(2026, 3, 1, 9, 30, 0, 123456, dt.UTC)


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "own" / "erased.list"
    settings.ERASED_LIST.parent.mkdir()


def test_a_buried_row_is_known_by_its_number_and_its_making():
    tombstones.bury("a.b", [(7, MADE)])
    stones = tombstones.buried("a.b")
    assert tombstones.lies_under(stones, 7, MADE)
    assert tombstones.lies_under(stones, 7, MADE.astimezone(dt.timezone(dt.timedelta(hours=3))))
    assert not tombstones.lies_under(stones, 7, MADE + dt.timedelta(microseconds=1))
    assert not tombstones.lies_under(stones, 8, MADE)
    assert not tombstones.buried("c.d")


def test_a_line_tells_nobody_when_the_row_was_made(settings):
    tombstones.bury("a.b", [(7, MADE)])
    tombstones.bury("a.b", [(7, MADE)])
    first, second = settings.ERASED_LIST.read_text().splitlines()
    assert "09:30" not in first
    assert first.split()[-1] != second.split()[-1]
    assert stat.S_IMODE(settings.ERASED_LIST.stat().st_mode) == 0o600


def test_a_line_cut_short_spoils_no_other(settings):
    tombstones.bury("a.b", [(7, MADE)])
    settings.ERASED_LIST.write_text(settings.ERASED_LIST.read_text() + "2026-03-01 a.b 8 0123")
    tombstones.bury("a.b", [(9, MADE)])
    assert sorted(tombstones.buried("a.b")) == [7, 9]


def test_lists_are_joined_without_losing_or_doubling_a_line(settings, tmp_path):
    tombstones.bury("a.b", [(7, MADE)])
    copy = tmp_path / "copy"
    tombstones.join(settings.ERASED_LIST, copy)
    tombstones.bury("a.b", [(8, MADE)])
    for _ in range(2):
        tombstones.join(settings.ERASED_LIST, copy)
    assert copy.read_text() == settings.ERASED_LIST.read_text()


def test_an_empty_list_is_made_beside_the_first_backup(settings, tmp_path):
    tombstones.join(settings.ERASED_LIST, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == ""
