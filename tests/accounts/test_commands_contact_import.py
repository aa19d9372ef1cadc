import datetime as dt
from contextlib import contextmanager

import pytest
from django.utils import timezone

from accounts.commands import contact as contact_commands
from accounts.commands import contact_import, contact_switch
from accounts.commands.contact_hole import ask_for_hole
from accounts.models import Contact, Line, Position, Source
from accounts.queries.search import Kind, find
from common import imports
from common.choices import ImportState
from common.errors import RuleBroken
from common.imports import Busy
from common.jobs import JobCancelled
from common.reading.errors import FileUnusable
from people.models import Event
from tests.accounts.people_files import (
    bring_people,
    everything,
    make_people_import,
    report_of,
    told,
)
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db
ANNA = (
    "Hansa,Anna Berg,Анна Берг,Buyer,finance,Sales,+49 40 300330,a@hansa.example,de;en,,2024-03-01"
)
BORIS = "C-1,Boris Krol,,Head of buying,,,,boris@hansa.example,,a@hansa.example,"


@pytest.fixture
def hansa(cast):
    account = make_account("Hansa", owner=cast.karl, country="DE")
    source = Source.objects.create(name="erp")
    account.external_ids.create(source=source, value="C-1")
    contact_commands.install_contact_roles()
    return account


def test_people_come_with_their_places_numbers_and_superiors(cast, hansa):
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    assert batch.state == ImportState.APPLIED
    counted = {name: batch.counts[name] for name in ("rows", "new", "changed", "same", "rejected")}
    assert counted == {"rows": 2, "new": 2, "changed": 0, "same": 0, "rejected": 0}
    anna, boris = told()
    assert anna == (
        "Hansa", "Anna Berg", "Анна Берг", "Buyer", "finance", "Sales", "2024-03-01", ("de", "en"),
        (("email", "a@hansa.example"), ("phone", "4940300330")), (),
    )  # fmt: skip
    assert boris[1] == "Boris Krol"
    assert boris[-1] == ("Anna Berg",)
    assert [row.name for row in find(cast.karl, "берг", 5, kinds=(Kind.PEOPLE,))[0].rows]
    assert Event.objects.filter(verb="contacts.imported").count() == 1


def test_the_same_file_twice_changes_nothing(cast, hansa):
    bring_people(ANNA, BORIS, user=cast.karl)
    before = everything()
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    assert everything() == before
    assert (batch.counts["same"], batch.counts.get("differences", 0)) == (2, 0)


def test_looking_through_a_file_touches_nobody(cast, hansa):
    make_contact(hansa, "Anna Berg", title="")
    before = everything()
    batch = make_people_import(ANNA, BORIS, user=cast.karl)
    batch = contact_import.check_import(import_id=batch.pk)
    assert everything() == before
    assert batch.state == ImportState.CHECKED
    assert (batch.counts["new"], batch.counts["changed"]) == (1, 1)
    assert [row["what"] for row in batch.preview["rows"]] == ["changed", "new"]


@pytest.mark.parametrize(
    ("name", "reach"),
    [("Anna Berg", ("email", "x@y.example")), ("Анна Берг", ("email", "x@y.example")),
     ("A. Berg", ("email", "a@hansa.example")), ("Frau Berg", ("phone", "+49 40 300330"))],
)  # fmt: skip
def test_the_same_person_is_known_by_name_in_either_script_mail_or_phone(cast, hansa, name, reach):
    contact_commands.create_contact(
        actor=cast.karl, account_id=hansa.pk, name=name, title="Chief", reaches=[reach]
    )
    batch = bring_people(ANNA, user=cast.karl)
    assert (batch.counts["new"], batch.counts["changed"]) == (0, 1)
    contact = Contact.objects.get()
    assert (contact.name, contact.positions.get().title) == (name, "Chief")
    assert contact.languages == ["de", "en"]


def test_a_shared_switchboard_does_not_make_two_people_one(cast, hansa):
    contact_commands.create_contact(
        actor=cast.karl, account_id=hansa.pk, name="Otto Kern", reaches=[("phone", "+49 40 300330")]
    )
    assert bring_people(ANNA, user=cast.karl).counts["new"] == 1


def test_what_is_known_stays_and_the_report_tells_the_difference(cast, hansa):
    contact_commands.create_contact(
        actor=cast.karl, account_id=hansa.pk, name="Anna Berg", title="Chief",
        reaches=[("email", "old@hansa.example")],
    )  # fmt: skip
    batch = bring_people(ANNA, user=cast.karl)
    contact = Contact.objects.get()
    assert contact.positions.get().title == "Chief"
    assert [row.value for row in contact.reaches.filter(kind="email")] == ["old@hansa.example"]
    assert contact.reaches.filter(kind="phone").exists()
    report = report_of(batch)
    assert "2,title,Something else stands here and stays: Chief,Buyer" in report
    assert "old@hansa.example" in report
    assert batch.counts["differences"] == 3  # title, e-mail and since when


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ("Nowhere,Anna Berg,,,,,,,,,", "account", "There is no such account"),
        ("Foreign,Anna Berg,,,,,,,,,", "account", "There is no such account"),
        (",Anna Berg,,,,,,,,,", "account", "The cell is empty"),
        ("Hansa,,,,,,,,,,", "name", "The cell is empty"),
        ("Hansa,Anna Berg,,,emperor,,,,,,", "role", "This is none of your roles"),
        ("Hansa,Anna Berg,,,,,x,,,,", "phone", "This is not a phone number"),
        ("Hansa,Anna Berg,,,,,,anna at home,,,", "email", "This is not an e-mail address"),
        ("Hansa,Anna Berg,,,,,,,,,tomorrow", "from_date", "This is not a date"),
        ("Closed,Anna Berg,,,,,,,,,", "account", "This account is closed"),
        (f"Hansa,{'x' * 161},,,,,,,,,", "name", "The text is too long"),
    ],
)
def test_a_row_that_cannot_be_taken_is_set_aside_with_its_reason(cast, hansa, row, field, words):
    make_account("Foreign", owner=cast.kim)
    make_account("Closed", owner=cast.karl, status="closed")
    batch = bring_people(row, BORIS, user=cast.karl)
    assert (batch.counts["rejected"], batch.counts["new"]) == (1, 1)
    assert f"2,{field},{words}" in report_of(batch).replace('"', "")


def test_a_director_brings_people_of_every_account_and_a_manager_only_of_their_own(cast, hansa):
    rows = ("Hansa,Anna Berg,,,,,,,,,", "Foreign,Otto Kern,,,,,,,,,")
    make_account("Foreign", owner=cast.kim)
    assert bring_people(*rows, user=cast.lena).counts["new"] == 0
    assert bring_people(*rows, user=cast.karl).counts["new"] == 1
    assert bring_people(*rows, user=cast.dora).counts["new"] == 1


def test_accounts_of_one_name_are_told_apart_by_number(cast, hansa):
    make_account("HANSA", owner=cast.karl)
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    assert (batch.counts["rejected"], batch.counts["new"]) == (1, 1)
    assert "Several accounts have this name" in report_of(batch)


def test_two_who_fit_are_not_chosen_between(cast, hansa):
    for _n in range(2):
        make_contact(hansa, "Anna Berg").save()
    for contact in Contact.objects.all():
        contact_commands.renew_search_text(contact)
    batch = bring_people(ANNA, user=cast.karl)
    assert "Several people here fit" in report_of(batch)


def test_one_person_in_two_rows_is_one_person(cast, hansa):
    batch = bring_people(
        "Hansa,Anna Berg,,,,,,a@hansa.example,,,", "Hansa,Anna Berg,,Buyer,,,+49 40 300330,,,,",
        user=cast.karl,
    )  # fmt: skip
    contact = Contact.objects.get()
    assert contact.positions.get().title == "Buyer"
    assert contact.reaches.count() == 2
    assert (batch.counts["new"], batch.counts["same"]) == (1, 1)


def test_circles_and_strangers_among_superiors_are_left_out_and_told(cast, hansa):
    batch = bring_people(
        "Hansa,Anna Berg,,,,,,,,Boris Krol,", "Hansa,Boris Krol,,,,,,,,Anna Berg,",
        "Hansa,Otto Kern,,,,,,,,Nobody Known,", user=cast.karl,
    )  # fmt: skip
    assert batch.counts["new"] == 3
    assert Line.objects.count() == 1
    assert "They would report to themselves" in report_of(batch)
    assert "Nobody of this name" in report_of(batch)


def test_who_left_and_who_works_elsewhere_now_is_left_alone(cast, hansa):
    left = make_contact(hansa, "Anna Berg", valid_to=dt.date(2025, 1, 1))
    moved = make_contact(hansa, "Boris Krol")
    foreign = make_account("Foreign", owner=cast.kim)
    Position.objects.filter(contact=moved).update(valid_to=dt.date(2025, 1, 1))
    moved.positions.create(account=foreign, valid_from=dt.date(2025, 1, 1))
    for contact in (left, moved):
        contact_commands.renew_search_text(contact)
    before = everything()
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    assert everything() == before
    assert "They have left this place" in report_of(batch)
    assert "kept by other colleagues" in report_of(batch)


def test_undo_takes_away_what_it_brought_and_empties_what_it_filled(cast, hansa):
    make_contact(hansa, "Anna Berg", title="")
    contact_commands.renew_search_text(Contact.objects.get())
    before = everything()
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    assert everything() != before
    undone = contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    assert undone.state == ImportState.UNDONE
    assert {**everything(), "fills": 0} == before
    again = contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    assert again.state == ImportState.UNDONE


def test_undo_leaves_whom_somebody_has_changed_since_and_names_them(cast, hansa):
    filled = make_contact(hansa, "Otto Kern", title="")
    contact_commands.renew_search_text(filled)
    batch = bring_people(
        ANNA, BORIS, "Hansa,Otto Kern,,Chief,,,,,,,", "Hansa,Zoe Adams,,,,,,,,,", user=cast.karl
    )
    for name in ("Anna Berg", "Otto Kern"):
        contact = Contact.objects.get(name=name)
        contact_commands.edit_contact(
            actor=cast.karl, contact_id=contact.pk, version=contact.version, honorific="Dr"
        )
    Contact.objects.get(name="Boris Krol").notes.create(account=hansa, text="x", author=cast.karl)
    undone = contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    assert undone.preview["kept"] == ["Anna Berg", "Boris Krol", "Otto Kern"]
    assert [row[1] for row in told()] == ["Anna Berg", "Boris Krol", "Otto Kern"]
    assert filled.positions.get().title == "Chief"


def test_whoever_changed_somebody_while_the_file_was_read_is_not_overwritten(
    cast, hansa, monkeypatch
):
    contact = make_contact(hansa, "Anna Berg", title="")
    contact_commands.renew_search_text(contact)
    make = contact_switch.make_divisions

    def meanwhile(people):
        contact_commands.edit_contact(
            actor=cast.karl, contact_id=contact.pk, version=1, account_id=hansa.pk, title="Chief"
        )
        return make(people)

    monkeypatch.setattr(contact_switch, "make_divisions", meanwhile)
    bring_people(ANNA, user=cast.karl)
    assert contact.positions.get().title == "Chief"


STEPS = ("reach_rows", "make_divisions", "give_places", "fill_blanks", "draw_lines", "settle_holes")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("death", [MemoryError, KeyboardInterrupt, JobCancelled])
def test_dying_at_any_step_leaves_nothing_and_the_next_attempt_ends_the_same(
    cast, hansa, monkeypatch, step, death
):
    make_contact(hansa, "Boris Krol", title="")
    contact_commands.renew_search_text(Contact.objects.get())
    before = everything()
    monkeypatch.setattr(contact_import, "BATCH", 1)
    rows = (ANNA, BORIS, "Hansa,Otto Kern,,,,,,,,,", "Hansa,Zoe Adams,,,,,,,,,")
    batch = make_people_import(*rows, user=cast.karl)

    def die(*args, **kwargs):
        raise death

    with monkeypatch.context() as patch:
        patch.setattr(contact_switch, step, die)
        with pytest.raises(death):
            contact_import.run_import(import_id=batch.pk, by=cast.karl)
    batch.refresh_from_db()
    assert batch.state == (ImportState.CANCELLED if death is JobCancelled else ImportState.CHECKED)
    assert everything() == before

    contact_import.run_import(import_id=batch.pk, by=cast.karl)
    ended = told()
    contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    assert {**everything(), "fills": 0} == before
    bring_people(*rows, user=cast.karl)
    assert told() == ended


def test_a_worker_that_is_killed_leaves_only_people_nobody_sees(cast, hansa, monkeypatch):
    """After SIGKILL nothing runs: the staged rows stay until the next attempt."""
    batch = make_people_import(ANNA, BORIS, user=cast.karl)

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(contact_switch, "give_places", killed)
        patch.setattr(contact_switch, "take_away", lambda batch: None)
        patch.setattr(contact_import.imports, "step_back", lambda pk, error: None)
        with pytest.raises(SystemExit):
            contact_import.run_import(import_id=batch.pk, by=cast.karl)
    assert Contact.objects.count() == 2
    assert not Contact.objects.visible_to(cast.dora).exists()
    assert not find(cast.dora, "berg", 5, kinds=(Kind.PEOPLE,))[0].rows
    contact_import.run_import(import_id=batch.pk, by=cast.karl)
    assert [row[1] for row in told()] == ["Anna Berg", "Boris Krol"]
    assert Contact.objects.count() == 2


def test_an_undo_that_dies_goes_on_where_it_stopped(cast, hansa, monkeypatch):
    batch = bring_people(ANNA, BORIS, user=cast.karl)
    for step in ("take_places", "take_away"):
        with monkeypatch.context() as patch:
            patch.setattr(contact_switch, step, lambda *args: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    contact_import.undo_import(import_id=batch.pk, by=cast.karl)
    assert not Contact.objects.exists()


def test_one_import_of_people_is_worked_on_at_a_time(cast, hansa, monkeypatch):
    batch = make_people_import(ANNA, user=cast.karl)

    @contextmanager
    def taken(name):
        yield False

    monkeypatch.setattr(imports, "exclusive", taken)
    with pytest.raises(Busy):
        contact_import.run_import(import_id=batch.pk, by=cast.karl)
    assert not Contact.objects.exists()


def test_a_file_without_the_needed_columns_or_too_long_is_refused(cast, hansa, monkeypatch):
    batch = make_people_import("Hansa,x", user=cast.karl, header="account,colour")
    with pytest.raises(FileUnusable):
        contact_import.run_import(import_id=batch.pk, by=cast.karl)
    batch.refresh_from_db()
    assert batch.state == ImportState.FAILED
    monkeypatch.setattr("accounts.commands.contact_file.ContactFile.most_rows", 1)
    batch = make_people_import(ANNA, BORIS, user=cast.karl)
    with pytest.raises(FileUnusable):
        contact_import.check_import(import_id=batch.pk)


def test_an_import_that_was_not_applied_cannot_be_undone(cast, hansa):
    batch = make_people_import(ANNA, user=cast.karl)
    with pytest.raises(RuleBroken):
        contact_import.undo_import(import_id=batch.pk, by=cast.karl)


def test_a_named_holder_settles_the_task_to_find_them(cast, hansa):
    role = contact_commands.ContactRole.objects.get(code="finance")
    task = ask_for_hole(actor=cast.karl, account_id=hansa.pk, role=role)
    bring_people(ANNA, user=cast.karl)
    task.refresh_from_db()
    assert task.state == "done"


def test_without_a_day_the_place_begins_today(cast, hansa):
    bring_people(BORIS, user=cast.karl)
    assert Position.objects.get().valid_from == timezone.localdate()
