import pytest

from people.models import Notification
from tests.hiring.offering import make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(cast, reader):
    return reader(cast.dora)


def text(response) -> str:
    return response.content.decode()


def test_the_bell_names_nobody_and_leads_there(cast, dora):
    offer = make_offer(cast, "proposed", name="Marked Person")
    page = text(dora.get("/news/"))
    assert "waits for your approval" in page and "Marked" not in page
    assert Notification.objects.get(user=cast.dora).target_id == offer.pk
