import pytest

from accounts.queries.search import Kind
from kpi.queries.search import PAGES, results
from tests.cast import make_account, make_cast
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = make_cast()
    account = make_account(owner=made.karl)
    for number in range(30):
        make_contact(account, f"Alpha {number:02}")
    return made


def test_a_glance_shows_some_of_each_kind_and_leads_to_the_rest(cast):
    found = results(cast.karl, "alpha", None, 1)
    (group,) = found.groups
    assert [row.name for row in group.rows] == [f"Alpha {n:02}" for n in range(6)]
    assert group.all_url == "/search/?q=alpha&kind=people"
    assert [tab.is_current for tab in found.tabs] == [True, False, False, False, False]


def test_one_kind_is_listed_in_pages_without_gap_or_repetition(cast):
    first, second = (results(cast.karl, "alpha", Kind.PEOPLE, page) for page in (1, 2))
    names = [row.name for page in (first, second) for row in page.groups[0].rows]
    assert names == [f"Alpha {n:02}" for n in range(30)]
    assert (first.previous_url, second.next_url) == ("", "")
    assert first.next_url == "/search/?q=alpha&kind=people&page=2"
    assert second.previous_url == "/search/?q=alpha&kind=people"


def test_the_last_page_says_that_more_would_fit(cast, monkeypatch):
    monkeypatch.setattr("kpi.queries.search.PAGES", 1)
    found = results(cast.karl, "alpha", Kind.PEOPLE, 1)
    assert found.is_end
    assert found.next_url == ""
    assert PAGES == 8
