"""Health in the list of accounts: the ring, its order and its filter."""

import datetime as dt

import pytest

from accounts.models import AccountScore, Scoring, ShownHealth
from tests.cast import make_account, without_tokens

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 31)


@pytest.fixture
def book(cast):
    Scoring.objects.create(pk=1, as_of=DAY, whole=True)
    for name, health in (("Seventy", 70), ("Thirty", 30), ("Unknown", None), ("Never", -1)):
        account = make_account(name, owner=cast.karl)
        if health != -1:
            AccountScore.objects.create(account=account, as_of=DAY)
            ShownHealth.objects.create(account=account, points=health, confidence=65)


def names(client, query: str) -> list[str]:
    answer = client.get(f"/accounts/?view=all&{query}")
    return [row.account.name for row in answer.context["rows"]]


def test_the_worst_health_comes_first_and_the_unknown_last(cast, book, reader):
    client = reader(cast.karl)
    assert names(client, "sort=health") == ["Thirty", "Seventy", "Never", "Unknown"]
    assert names(client, "sort=-health") == ["Seventy", "Thirty", "Never", "Unknown"]


@pytest.mark.parametrize(
    ("health", "found"),
    [("under_40", ["Thirty"]), ("under_70", ["Thirty"]), ("from_70", ["Seventy"]),
     ("unknown", ["Never", "Unknown"]), ("best", ["Never", "Seventy", "Thirty", "Unknown"])],
)  # fmt: skip
def test_the_list_is_narrowed_to_a_health(cast, book, reader, health, found):
    for order in ("name", "-revenue"):
        shown = names(reader(cast.karl), f"health={health}&sort={order}")
        assert sorted(shown) == found


def test_the_ring_is_grey_until_the_company_s_losses_give_it_a_colour(cast, book, reader):
    text = without_tokens(reader(cast.karl).get("/accounts/?view=all"))
    assert "Health 30 of 100, 65 % of signals known" in text
    assert "Health not known yet" in text
    assert "r-plain" in text and "r-dan" not in text
    Scoring.objects.update(health_red=40)
    text = without_tokens(reader(cast.karl).get("/accounts/?view=all"))
    assert "r-dan" in text and "r-pos" in text
