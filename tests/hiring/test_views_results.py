import pytest
from django.urls import reverse

from hiring.models import Decision
from tests.hiring.rounds import make_room, open_room


@pytest.fixture
def room(cast):
    room = make_room(cast.ivan, cast.kim)
    for rater in room.observers:
        for place, seat in enumerate(room.seats, start=1):
            room.mark(rater, seat, place)
    return room


def url(room, name="results_page"):
    return reverse(f"hiring:{name}", args=[room.session.pk])


def test_closed_it_leads_to_the_cockpit(cast, reader, room):
    for user in (cast.ivan, cast.rita, cast.dora):
        assert reader(user).get(url(room)).url == url(room, "cockpit_page") + "?view=scores"


def test_opened_everybody_of_the_round_reads_the_ranking(cast, reader, room):
    open_room(room)
    for user in (cast.ivan, cast.kim, cast.rita, cast.dora):
        page = reader(user).get(url(room)).content.decode()
        assert "Person 3" in page and "Krippendorff" in page
        assert "Rival Ltd" not in page
    for user in (cast.sam, cast.karl, cast.adam):
        assert reader(user).get(url(room)).status_code == 404


def test_a_decision_and_its_undo(cast, reader, room):
    open_room(room)
    client = reader(cast.rita)
    seat = room.seats[0]
    client.post(url(room, "decision_make"), {"verdict": "take"})
    assert not Decision.objects.exists()
    data = {"candidacy": seat.candidacy_id, "verdict": "take", "reason": "Clear"}
    client.post(url(room, "decision_make"), data)
    assert "Clear" in client.get(url(room)).content.decode()
    client.post(reverse("hiring:decision_undo", args=[Decision.objects.get().pk]))
    assert Decision.objects.get().undone_at


def test_notes_of_the_talk(cast, reader, room):
    open_room(room)
    reader(cast.kim).post(url(room, "debrief_keep"), {"text": "A calm group"})
    assert "A calm group" in reader(cast.rita).get(url(room)).content.decode()
