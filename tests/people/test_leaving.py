"""Whoever knows what somebody would leave behind may stand in the way."""

import pytest

from common.errors import RuleBroken
from people import commands, leaving

pytestmark = pytest.mark.django_db


@pytest.fixture
def checks(monkeypatch):
    monkeypatch.setattr(leaving, "CHECKS", [])


def test_a_check_is_asked_once_and_its_words_are_told(cast, checks):
    def check(user, roles):
        return "" if "kam" in roles else f"{user} answers for somebody"

    leaving.register(check)
    leaving.register(check)
    assert [check] == leaving.CHECKS
    with pytest.raises(RuleBroken, match="Karl answers"):
        commands.deactivate_person(actor=cast.adam, user=cast.karl)
    with pytest.raises(RuleBroken, match="Karl answers"):
        commands.change_roles(actor=cast.adam, user=cast.karl, roles={"assistant"})
    commands.change_roles(actor=cast.adam, user=cast.karl, roles={"kam", "assistant"})
    cast.karl.refresh_from_db()
    assert cast.karl.is_active


def test_without_a_reason_nothing_stands_in_the_way(cast, checks):
    commands.deactivate_person(actor=cast.adam, user=cast.karl)
    cast.karl.refresh_from_db()
    assert not cast.karl.is_active
