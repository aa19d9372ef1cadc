import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hiring.choices import AccessAct, StageKind
from hiring.commands.candidate import create_candidate
from hiring.models import CandidateAccess, CandidateNote
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_sheet,
    make_vacancy,
)

LIST = "/hiring/candidates/"


def card(pk) -> str:
    return reverse("hiring:candidate_page", args=[pk])


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def anna(cast):
    return create_candidate(
        actor=cast.rita, name="Анна Ёлкина", other_name="Anna Elkina", employer="Polus",
        title="KAM", pay_wish=70_000, pay_currency="RUB", reaches=[("phone", "+49 40 300330")],
    )  # fmt: skip


def test_the_list_shows_people_and_their_vacancies(cast, reader, anna):
    vacancy = make_vacancy("KAM North")
    make_candidacy(vacancy, anna, stage=StageKind.CALL)
    page = text(reader(cast.rita).get(LIST))
    assert "Анна Ёлкина" in page and "KAM North" in page and "To call" in page
    assert "Polus" in page


def test_the_list_is_light_and_asks_little(cast, reader, django_assert_max_num_queries):
    vacancy = make_vacancy("KAM North")
    for n in range(40):
        person = make_candidate(f"Person {n}", title="Head of sales", employer="Some Company")
        make_candidacy(vacancy, person)
    client = reader(cast.rita)
    client.get(LIST)  # what is asked once only
    with django_assert_max_num_queries(12):
        response = client.get(LIST)
    assert len(response.content) < 60 * 1024


def test_an_htmx_request_gets_the_part(cast, reader, anna):
    page = text(reader(cast.rita).get(f"{LIST}?q=elkina", headers={"HX-Request": "true"}))
    assert "<html" not in page and "Анна" in page


def test_an_unknown_filter_is_refused(cast, reader):
    assert reader(cast.rita).get(f"{LIST}?pay_wish__gte=1").status_code == 400


def test_the_filter_menu_offers_directors_less(cast, reader):
    for user, has in ((cast.rita, True), (cast.dora, False)):
        page = text(reader(user).get(reverse("hiring:candidate_filters")))
        assert ('name="source"' in page) is has and 'name="stage"' in page


def test_an_empty_list_says_what_it_is_for(cast, reader):
    assert "No candidates yet" in text(reader(cast.rita).get(LIST))
    make_candidate("Jo")
    assert "Nothing found" in text(reader(cast.rita).get(f"{LIST}?q=xylophon"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_the_rows_of_the_list_and_is_noted(cast, reader, anna, kind):
    make_candidate("Bo")
    response = reader(cast.rita).get(f"{LIST}export.{kind}?q=elkina")
    body = b"".join(response.streaming_content)
    if kind == "csv":
        lines = body.decode("utf-8-sig").splitlines()
        assert len(lines) == 2 and "70000" in lines[1] and "300330" in lines[1]
    row = CandidateAccess.objects.get()
    assert (row.candidate, row.act, row.actor) == (anna, AccessAct.EXPORTED, cast.rita)


def test_a_look_at_a_card_is_noted(cast, reader, anna):
    page = text(reader(cast.rita).get(card(anna.pk)))
    assert "Polus" in page and "70,000" in page and "+49 40 300330" in page
    assert CandidateAccess.objects.get().act == AccessAct.VIEWED


def test_a_director_reads_a_reduced_card_until_the_decision(cast, reader, anna):
    made = make_candidacy(
        make_vacancy(), anna, stage=StageKind.SESSION, shortlisted_at=timezone.now()
    )
    CandidateNote.objects.create(candidate=anna, text="Wants to move", author=cast.rita)
    page = text(reader(cast.dora).get(card(anna.pk)))
    assert "+49 40 300330" in page and "Wants to move" in page
    assert "Polus" not in page and "70,000" not in page and "Edit" not in page
    made.stage = made.vacancy.stages.get(kind=StageKind.DECISION)
    made.save()
    page = text(reader(cast.dora).get(card(anna.pk)))
    assert "Polus" in page and "70,000" in page


def test_an_interviewer_sees_who_they_will_meet_and_no_more(cast, reader, anna):
    made = make_candidacy(make_vacancy(), anna, stage=StageKind.DECISION)
    CandidateNote.objects.create(candidate=anna, text="Wants to move", author=cast.rita)
    make_sheet(made, cast.ivan, held_at=timezone.now())
    page = text(reader(cast.ivan).get(card(anna.pk)))
    assert "Анна Ёлкина" in page
    for closed in ("Polus", "70,000", "300330", "Wants to move"):
        assert closed not in page


def test_the_line_manager_of_a_colleague_finds_nobody(cast, reader):
    colleague = make_candidate("Karl applies", user=cast.karl)
    made = make_candidacy(
        make_vacancy(), colleague, stage=StageKind.SESSION, shortlisted_at=timezone.now()
    )
    make_sheet(made, cast.lena, held_at=timezone.now())
    assert reader(cast.lena).get(card(colleague.pk)).status_code == 404
    assert reader(cast.dora).get(card(colleague.pk)).status_code == 200
    assert reader(cast.karl).get(card(colleague.pk)).status_code == 404
    reader(cast.rita).post(reverse("hiring:candidate_manager", args=[colleague.pk, 1]))
    assert reader(cast.lena).get(card(colleague.pk)).status_code == 200
    reader(cast.rita).post(reverse("hiring:candidate_manager", args=[colleague.pk, 0]))
    assert reader(cast.lena).get(card(colleague.pk)).status_code == 404


def test_who_was_merged_away_is_read_in_the_other_record(cast, reader, anna):
    gone = make_candidate("Gone", merged_into=anna)
    assert reader(cast.rita).get(card(gone.pk))["Location"] == card(anna.pk)


def test_the_card_leads_to_the_neighbours_of_the_list(cast, reader):
    first, second, third = (make_candidate(name) for name in "ABC")
    page = text(reader(cast.rita).get(f"{card(second.pk)}?sort=name"))
    for one in (first, third):
        assert f'{card(one.pk)}?view=all&amp;sort=name"' in page


def test_the_card_asks_no_more_for_many_candidacies(cast, reader, anna, count_queries):
    make_candidacy(make_vacancy(), anna)
    client = reader(cast.rita)
    client.get(card(anna.pk))  # what is asked once only
    few = count_queries(client, card(anna.pk))
    for _n in range(3):
        make_candidacy(make_vacancy(), anna)
    assert count_queries(client, card(anna.pk)) == few


@pytest.fixture
def count_queries():
    def count(client, url) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return count


def test_notes_are_written_changed_removed_and_brought_back(cast, reader, anna):
    client = reader(cast.rita)
    client.post(reverse("hiring:candidate_note_write", args=[anna.pk]), {"text": "Rings back"})
    note = CandidateNote.objects.get()
    edit = reverse("hiring:candidate_note_edit", args=[anna.pk, note.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"text": "Later", "version": 1}).status_code == 302
    stale = client.post(edit, {"text": "Older", "version": 1})
    assert stale.status_code == 409 and "Later" in text(stale)
    client.post(reverse("hiring:candidate_note_remove", args=[anna.pk, note.pk]))
    assert "Later" not in text(client.get(card(anna.pk)))
    client.post(reverse("hiring:candidate_note_restore", args=[anna.pk, note.pk]))
    assert "Later" in text(client.get(card(anna.pk)))


def test_an_opt_out_is_taken_down_and_back(cast, reader, anna):
    client = reader(cast.rita)
    client.post(reverse("hiring:candidate_opt_out", args=[anna.pk, "letters", 1]))
    assert "no letters" in text(client.get(LIST))
    client.post(reverse("hiring:candidate_opt_out", args=[anna.pk, "letters", 0]))
    anna.refresh_from_db()
    assert anna.wants_no_letters is None


def test_the_card_takes_files_from_recruiters(cast, reader, anna):
    made = make_candidacy(make_vacancy(), anna, stage=StageKind.SESSION)
    make_sheet(made, cast.dora, held_at=timezone.now())
    for user, may in ((cast.rita, True), (cast.dora, False)):
        page = text(reader(user).get(card(anna.pk)))
        assert (reverse("hiring:file_add", args=[anna.pk]) in page) is may
