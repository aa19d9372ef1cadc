import pytest

from accounts.commands.importing import map_columns, may_change, receive_file, start_import
from accounts.queries.imports import first_lines, import_list, reject_reasons
from common.choices import ImportState
from common.errors import RuleBroken
from hiring.commands.candidate import create_candidate, edit_candidate
from hiring.commands.candidate_import import CANDIDATES, run_import, undo_effect, undo_import
from hiring.models import Candidacy, Candidate
from tests.recruiting import make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db
FILE = """ФИО;Телефон;E-mail;Город;Работодатель;Желаемая зарплата;Источник;Страна
Анна Ёлкина;8 (921) 555-12-34;anna@b.example;Тверь;Вега;70 000;LinkedIn;Россия
Anna Elkina;;ANNA@b.example;;;;;
Bo Berg;+49 40 300331;;Kiel;Orbita;;hh.ru;DE
No Phone;abc;;;;;;
;+49 40 300332;;;;;;
Poached One;;;;ООО Полюс;;hh.ru;
Known One;+49 40 300330;;;;;;
Strange Source;;;;;;carrier pigeon;
Pay Wrong;;;;;much;;
"""


@pytest.fixture
def known(cast):
    return create_candidate(name="Known", reaches=[("phone", "+49 40 300330")])


@pytest.fixture
def bring(cast, run_jobs):
    def brought(text=FILE, **options):
        batch = receive_file(
            actor=cast.rita, chunks=[text.encode()], filename="people.csv", kind=CANDIDATES,
            options=options,
        )  # fmt: skip
        map_columns(actor=cast.rita, batch=batch, mapping=batch.mapping, source="", options={})
        run_jobs()
        batch.refresh_from_db()
        return batch

    return brought


def run(cast, batch, run_jobs):
    start_import(actor=cast.rita, batch=batch)
    run_jobs()
    batch.refresh_from_db()
    return batch


def test_a_file_is_looked_through_and_nobody_is_touched(cast, known, bring):
    make_off_limits("Полюс")
    batch = bring(vacancy=make_vacancy().pk)
    assert batch.state == ImportState.CHECKED
    figures = {name: batch.counts[name] for name in ("rows", "new", "changed", "same", "rejected")}
    assert figures == {"rows": 9, "new": 2, "changed": 1, "same": 1, "rejected": 5}
    reasons = {(one.sentence.partition(".")[0], one.field) for one in reject_reasons(batch)}
    assert ("This is not a phone number", "phone") in reasons
    assert ("The cell is empty", "name") in reasons
    assert ("People of this company are not approached", "present employer") in reasons
    assert ("This is none of the words known here", "source") in reasons
    assert any(field == "wants, a month" for _words, field in reasons)
    assert [row["what"] for row in first_lines(batch)] == ["new", "same", "new", "changed"]
    assert Candidate.objects.get() == known


def test_running_brings_people_and_puts_known_ones_forward(cast, known, bring, run_jobs):
    vacancy = make_vacancy()
    batch = run(cast, bring(vacancy=vacancy.pk), run_jobs)
    assert batch.state == ImportState.APPLIED
    anna = Candidate.objects.get(name="Анна Ёлкина")
    assert (anna.source, anna.country, anna.city) == ("linkedin", "RU", "Тверь")
    assert (anna.pay_wish, anna.pay_currency) == (70_000, "EUR")
    assert set(anna.reaches.values_list("normal", flat=True)) == {"79215551234", "anna@b.example"}
    assert "anna elkina" in anna.search_text and anna.plain_employer == "vega"
    stand = set(vacancy.candidacies.values_list("candidate__name", flat=True))
    assert {"Known", "Анна Ёлкина", "Bo Berg"} <= stand
    assert all(row.moves.count() == 1 for row in Candidacy.objects.all())
    run_import(import_id=batch.pk)  # a second time changes nothing
    assert Candidate.objects.filter(name="Bo Berg").count() == 1


def test_the_same_file_again_brings_nobody(cast, bring, run_jobs):
    run(cast, bring(), run_jobs)
    assert bring().counts["new"] == 0


def test_undo_takes_away_whom_nobody_has_worked_on(cast, known, bring, run_jobs):
    vacancy = make_vacancy()
    batch = run(cast, bring(vacancy=vacancy.pk), run_jobs)
    bo = Candidate.objects.get(name="Bo Berg")
    edit_candidate(actor=cast.rita, candidate_id=bo.pk, version=1, city="Ulm")
    effect = undo_effect(batch)
    assert (effect.people, effect.restored) == (batch.candidates.count(), 1)
    undone = undo_import(import_id=batch.pk, by=cast.rita)
    assert undone.state == ImportState.UNDONE and undone.preview["kept"] == ["Bo Berg"]
    assert set(Candidate.objects.all()) == {known, bo}
    assert not vacancy.candidacies.exists()
    assert undo_import(import_id=batch.pk).state == ImportState.UNDONE


def test_a_vacancy_that_is_over_takes_nobody_and_the_import_says_so(cast, bring, run_jobs):
    vacancy = make_vacancy()
    batch = bring(vacancy=vacancy.pk)
    vacancy.state = "closed"
    vacancy.save()
    run(cast, batch, run_jobs)
    assert batch.state == ImportState.FAILED and "over" in batch.error
    assert not Candidate.objects.exists()


def test_rows_that_fit_several_or_somebody_hidden_are_set_aside(cast, bring):
    for _n in range(2):
        create_candidate(name="Bo Berg")
    create_candidate(name="Rita Self", user=cast.rita, reaches=[("email", "anna@b.example")])
    batch = bring("name;email\nBo Berg;\nAnna;anna@b.example\n")
    codes = {one.sentence.partition(".")[0] for one in reject_reasons(batch)}
    assert codes == {
        "Several candidates fit this row", "A record exists that you may not open"
    }  # fmt: skip


def test_the_name_must_have_a_column(cast, bring):
    assert bring("phone;city\n123456;Kiel\n").state == ImportState.FAILED


def test_only_recruiters_bring_and_see_such_files(cast, bring):
    batch = bring()
    assert may_change(cast.rita, batch) and batch in import_list(cast.rita)
    for user in (cast.dora, cast.karl, cast.adam, cast.ivan, cast.sam):
        assert not may_change(user, batch) and batch not in import_list(user)
    with pytest.raises(RuleBroken):
        receive_file(actor=cast.dora, chunks=[b"name\nx"], filename="x.csv", kind=CANDIDATES)
