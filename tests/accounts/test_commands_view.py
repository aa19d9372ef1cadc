import pytest

from accounts.commands import view as commands

pytestmark = pytest.mark.django_db


def test_columns_keep_the_lists_order_and_density_its_choices(cast):
    commands.choose_columns(actor=cast.karl, columns=["owner", "tier", "x"], density="huge")
    assert cast.karl.preferences["accounts_columns"] == ["tier", "owner"]
    assert cast.karl.density == "comfortable"
