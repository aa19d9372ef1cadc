"""Tabs of the measures pages."""

import pytest

from kpi.templatetags import measures
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def _labels(user) -> list[str]:
    return [tab["label"] for tab in measures.measures_tabs(user, "managers")]


def test_only_pages_that_the_reader_may_open_are_tabs():
    cast = make_cast()
    assert "Managers" in _labels(cast.dora)
    assert _labels(cast.anna) == ["Managers"]
    assert _labels(cast.rita) == []


def test_the_page_one_is_on_is_marked():
    cast = make_cast()
    current = [tab for tab in measures.measures_tabs(cast.dora, "managers") if tab["is_current"]]
    assert [tab["url"] for tab in current] == ["/kpi/by-manager/"]


def test_pages_without_an_address_are_left_out(monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(measures, "_exists", lambda path: path == "/kpi/")
    assert _labels(cast.karl) == ["All measures"]
