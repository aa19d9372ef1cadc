"""Nobody reads a score before all are in: every page there is, by everybody who may open it."""

import pytest
from django.urls import reverse

from hiring.commands.sheet import submit_sheet
from hiring.models import Mark
from hiring.queries.candidate_export import candidate_data
from tests.hiring.rounds import make_room, open_room

PLANTED = "PLANTED"


@pytest.fixture
def room(cast):
    room = make_room(cast.ivan, cast.kim, cast.rita)
    for rater in (cast.ivan, cast.rita):
        for seat in room.seats:
            room.mark(rater, seat, 5)
    sheet = room.sheet(cast.ivan, room.seats[0])
    submit_sheet(actor=cast.ivan, sheet_id=sheet.pk, remark=f"{PLANTED} remark")
    return room


def pages(room) -> list[str]:
    pk, person = room.session.pk, room.seats[0].candidacy.candidate_id
    return [
        reverse("hiring:cockpit_page", args=[pk]) + "?view=scores",
        reverse("hiring:cockpit_page", args=[pk]) + "?view=checkin",
        reverse("hiring:results_page", args=[pk]),
        reverse("hiring:session_page", args=[pk]),
        reverse("hiring:candidate_page", args=[person]),
        reverse("hiring:candidate_rounds", args=[person]),
        reverse("hiring:vacancy_page", args=[room.session.vacancy_id]),
        reverse("hiring:sheet_mine"),
        "/news/", "/", "/search/?q=Person", "/palette/?q=Person",
    ]  # fmt: skip


def test_no_page_tells_what_another_gave(cast, reader, room):
    for user in (cast.kim, cast.rita, cast.dora, cast.lena, cast.adam, cast.sam):
        for address in pages(room):
            page = reader(user).get(address, follow=True).content.decode()
            assert PLANTED not in page, (user, address)
            assert "Krippendorff" not in page, (user, address)


def test_the_poll_carries_own_marks_and_counts_alone(cast, reader, room):
    for user in (cast.kim, cast.dora):
        answer = reader(user).post(reverse("hiring:cockpit_here", args=[room.session.pk]))
        assert '"marks": {}' in answer.content.decode()
    assert set(Mark.objects.visible_to(cast.rita).values_list("sheet__rater", flat=True)) == {
        cast.rita.pk
    }


def test_an_export_of_the_person_tells_marks_when_they_are_open(cast, room):
    candidate = room.seats[0].candidacy.candidate
    told = candidate_data(candidate)
    assert told["sheet"] == told["mark"] == [] and PLANTED not in repr(told)
    open_room(room)
    told = candidate_data(candidate)
    assert len(told["mark"]) == 4 and PLANTED in repr(told)


def test_opened_the_same_pages_tell_it(cast, reader, room):
    open_room(room)
    page = reader(cast.kim).get(reverse("hiring:results_page", args=[room.session.pk]))
    assert "Krippendorff" in page.content.decode()
    assert Mark.objects.visible_to(cast.kim).count() == Mark.objects.count()
