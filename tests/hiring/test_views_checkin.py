import pytest
from django.urls import reverse

from hiring.models import Candidacy, Candidate, Seat
from tests.hiring.rounds import make_room


@pytest.fixture
def room(cast):
    return make_room(cast.ivan, cast.kim, came=False)


def settle(seat, state="came"):
    return reverse("hiring:seat_settle", args=[seat.pk, state])


def test_one_tap_and_a_way_back(cast, reader, room):
    client, seat = reader(cast.kim), room.seats[0]
    answer = client.post(settle(seat), HTTP_HX_REQUEST="true")
    assert answer.status_code == 204 and "badge 1" in answer["HX-Trigger"]
    client.post(reverse("hiring:seat_undo", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.state == "booked"


def test_what_is_wrong_is_said(cast, reader, room):
    answer = reader(cast.ivan).post(settle(room.seats[0], "dancing"), HTTP_HX_REQUEST="true")
    assert "error" in answer["HX-Trigger"]


def test_somebody_erased_is_nobody(cast, reader, room):
    Candidacy.objects.filter(pk=room.seats[0].candidacy_id).update(candidate=None)
    assert reader(cast.rita).post(settle(room.seats[0])).status_code == 404
    page = reader(cast.rita).get(reverse("hiring:cockpit_page", args=[room.session.pk]))
    assert page.status_code == 200


def test_a_walk_in_gets_a_badge_or_the_form_says_why_not(cast, reader, room):
    client, url = reader(cast.rita), reverse("hiring:walk_in", args=[room.session.pk])
    assert client.post(url, {"name": ""}).status_code == 422
    assert client.post(url, {"name": "Nina"}).status_code == 302
    assert Seat.objects.get(candidacy__candidate=Candidate.objects.get(name="Nina")).badge == 1
