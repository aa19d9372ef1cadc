import pytest

from accounts.queries.list_state import ListState
from accounts.queries.tabs import built_in, first_view, saved_views, state_of_view, tabs
from people.commands.view import choose_first_view, save_view
from people.models import SavedView

pytestmark = pytest.mark.django_db


def test_each_role_has_its_views_from_the_first_day(cast):
    assert built_in(cast.dora)[0] == "key" and "unowned" in built_in(cast.dora)
    assert built_in(cast.karl)[0] == "mine" and "team" in built_in(cast.karl)
    assert built_in(cast.anna)[0] == "all"


def test_own_views_come_before_shared_ones_and_private_ones_stay_private(cast):
    save_view(actor=cast.dora, page="accounts", name="Shared", query="", shared=True)
    save_view(actor=cast.dora, page="accounts", name="Private", query="")
    save_view(actor=cast.karl, page="accounts", name="Own", query="")
    assert [view.name for view in saved_views(cast.karl)] == ["Own", "Shared"]


def test_the_first_view_is_the_chosen_one_while_it_is_there(cast):
    view = save_view(actor=cast.karl, page="accounts", name="Top", query="tier=A&sort=-revenue")
    choose_first_view(actor=cast.karl, page="accounts", view=f"s{view.pk}")
    views = saved_views(cast.karl)
    assert first_view(cast.karl, views) == f"s{view.pk}"
    assert state_of_view(f"s{view.pk}", views).tier == ("A",)
    SavedView.objects.all().delete()
    assert first_view(cast.karl, saved_views(cast.karl)) == "mine"


def test_a_view_whose_query_is_no_longer_understood_shows_everything(cast):
    view = SavedView.objects.create(owner=cast.karl, page="accounts", name="Old", query="gone=1")
    assert state_of_view(f"s{view.pk}", [view]).filters == {}


def test_one_tab_is_current(cast):
    found = tabs(cast.karl, ListState(view="key"), [], {"key": "3"})
    assert [(tab.view, tab.count) for tab in found if tab.is_current] == [("key", "3")]
