import pytest
from django.test import Client

from hiring.commands.link import make_link
from hiring.models import Candidate, Offer
from tests.hiring.offering import make_offer
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_somebody_elses_link_reaches_no_offer(cast):
    offer = make_offer(cast, "sent")
    other = make_link(make_candidate("Somebody else")).token
    guest = Client()
    assert guest.get(f"/c/{other}/offers/{offer.pk}/").status_code == 404
    assert guest.post(f"/c/{other}/offers/{offer.pk}/answer/", {"answer": "yes"}).status_code == 404
    for state in ("draft", "proposed", "approved"):
        hidden = make_offer(cast, state)
        own = make_link(hidden.candidacy.candidate).token
        assert guest.get(f"/c/{own}/offers/{hidden.pk}/").status_code == 404
        assert "Our offer" not in text(guest.get(f"/c/{own}/"))


def test_a_no_is_kept_and_a_late_yes_is_told_so(cast):
    offer = make_offer(cast, "sent")
    token = make_link(offer.candidacy.candidate).token
    guest = Client()
    guest.post(f"/c/{token}/offers/{offer.pk}/answer/", {"answer": "no", "note": "the pay"})
    offer.refresh_from_db()
    assert (offer.state, offer.answer_note) == ("declined", "the pay")
    url = f"/c/{token}/offers/{offer.pk}/answer/"
    page = text(guest.post(url, {"answer": "yes"}, follow=True))
    assert "no longer waits" in page
    assert Offer.objects.get().state == "declined"


def test_the_last_hour_is_told_where_the_candidate_lives(cast):
    offer = make_offer(cast, "sent")
    Candidate.objects.update(city="Екатеринбург", language="en")
    token = make_link(offer.candidacy.candidate).token
    for path in ("", f"offers/{offer.pk}/"):
        assert "(Yekaterinburg)" in text(Client().get(f"/c/{token}/{path}"))
    Client().post(f"/c/{token}/offers/{offer.pk}/answer/", {"answer": "no"})
    assert "(Yekaterinburg)" not in text(Client().get(f"/c/{token}/"))
