from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory


def pager(number: int, *, rows: int = 60) -> str:
    page = Paginator(range(rows), 25).page(number)
    context = {"page": page, "request": RequestFactory().get("/?view=sent&page=2")}
    return render_to_string("components/_pager.html", context)


def test_one_goes_to_the_pages_before_and_after_in_the_same_view():
    text = pager(2)
    assert "26–50 of 60" in text
    assert 'rel="prev" href="?view=sent&amp;page=1"' in text
    assert 'rel="next" href="?view=sent&amp;page=3"' in text
    assert 'rel="next"' not in pager(3)


def test_a_single_page_needs_none():
    assert not pager(1, rows=25).strip()
