import pytest

from people.models import SavedView
from people.queries.view import first_view, saved_views, view_tabs

pytestmark = pytest.mark.django_db


def test_saved_views_are_of_one_list_own_first(cast):
    shared = SavedView.objects.create(owner=cast.dora, page="a", name="Shared", is_shared=True)
    own = SavedView.objects.create(owner=cast.karl, page="a", name="Own")
    SavedView.objects.create(owner=cast.karl, page="b", name="Elsewhere")
    assert saved_views(cast.karl, "a") == [own, shared]
    found = view_tabs(cast.karl, f"s{own.pk}", {"all": "All"}, [own, shared], {"all": "7"})
    assert [(tab.label, tab.count, tab.is_current, tab.is_own) for tab in found] == [
        ("All", "7", False, False), ("Own", "", True, True), ("Shared", "", False, False),
    ]  # fmt: skip


def test_a_chosen_view_that_is_gone_gives_way_to_the_first(cast):
    cast.karl.preferences = {"a_view": "s77"}
    assert first_view(cast.karl, "a", ["key", "all"], []) == "key"
    cast.karl.preferences = {"a_view": "all"}
    assert first_view(cast.karl, "a", ["key", "all"], []) == "all"
