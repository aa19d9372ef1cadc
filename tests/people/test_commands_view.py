import pytest

from common.errors import RuleBroken
from people.commands import view as commands
from people.models import SavedView

pytestmark = pytest.mark.django_db
LIST = {"page": "accounts"}


def test_the_same_name_again_keeps_the_new_state(cast):
    commands.save_view(actor=cast.karl, **LIST, name=" Top ", query="tier=A")
    commands.save_view(actor=cast.karl, **LIST, name="Top", query="tier=B", shared=True)
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_shared) == ("Top", "tier=B", True)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_fitting_name(cast, name):
    with pytest.raises(RuleBroken):
        commands.save_view(actor=cast.karl, **LIST, name=name, query="")
    assert not SavedView.objects.exists()


def test_nobody_collects_views_without_end(cast):
    for number in range(commands.MOST):
        commands.save_view(actor=cast.karl, **LIST, name=f"V{number}", query="")
    with pytest.raises(RuleBroken):
        commands.save_view(actor=cast.karl, **LIST, name="one more", query="")


def test_a_view_is_changed_and_deleted_by_its_owner_only(cast):
    view = commands.save_view(actor=cast.karl, **LIST, name="Top", query="tier=A", shared=True)
    other = commands.save_view(actor=cast.karl, **LIST, name="Other", query="")
    for act in (
        lambda: commands.change_view(
            actor=cast.dora, **LIST, view_id=view.pk, name="X", shared=False
        ),
        lambda: commands.delete_view(actor=cast.dora, **LIST, view_id=view.pk),
    ):
        with pytest.raises(SavedView.DoesNotExist):
            act()
    changed = commands.change_view(
        actor=cast.karl, **LIST, view_id=view.pk, name="Best", shared=False
    )
    assert (changed.name, changed.query, changed.is_shared) == ("Best", "tier=A", False)
    with pytest.raises(RuleBroken):
        commands.change_view(
            actor=cast.karl, **LIST, view_id=view.pk, name=other.name, shared=False
        )
    with pytest.raises(RuleBroken):
        commands.change_view(actor=cast.karl, **LIST, view_id=view.pk, name=" ", shared=False)


def test_a_deleted_view_is_no_longer_the_first(cast):
    view = commands.save_view(actor=cast.karl, **LIST, name="Top", query="tier=A")
    commands.choose_first_view(actor=cast.karl, **LIST, view=f"s{view.pk}")
    assert cast.karl.preferences["accounts_view"] == f"s{view.pk}"
    commands.delete_view(actor=cast.karl, **LIST, view_id=view.pk)
    assert cast.karl.preferences["accounts_view"] is None
