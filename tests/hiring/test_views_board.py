"""The board as a page."""

import pytest

from tests.hiring.pipeline import HTMX, row_of, url

pytestmark = pytest.mark.django_db


def test_the_board_shows_people_and_renews_itself_alone(rita, vacancy):
    row_of(vacancy)
    page = rita.get(url("vacancy_page", vacancy.pk)).content.decode()
    assert "Polina" in page and "<main" in page and "Move to…" in page
    part = rita.get(url("vacancy_page", vacancy.pk), headers=HTMX).content.decode()
    assert "Polina" in part and "<main" not in part


def test_an_address_nobody_made_is_refused(rita, vacancy):
    assert rita.get(url("vacancy_page", vacancy.pk) + "?candidate__pay_wish=1").status_code == 400


def test_filters_are_fetched_when_their_menu_opens(rita, vacancy):
    page = rita.get(url("list_filters", vacancy.pk) + "?source=hh", headers=HTMX).content.decode()
    assert 'value="hh" selected' in page and 'name="stage"' in page
    page = rita.get(url("board_filters", vacancy.pk)).content.decode()
    assert "<main" in page and 'name="stage"' not in page
