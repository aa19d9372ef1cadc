import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.commands.account import renew_search_text
from accounts.models import Account, Task, Touchpoint
from accounts.queries.search import Kind, find, find_accounts, is_meant
from accounts.rules import search
from common import finding
from common.dbops import is_postgres
from people.models.company import company_known
from tests.cast import make_account
from tests.field import make_contact, make_touchpoint

pytestmark = pytest.mark.django_db


def talk(account: Account, text: str, **fields):
    return make_touchpoint(
        account, text=text, search_text=search.touchpoint_text("", text), **fields
    )


def task(title: str, owner, **fields) -> Task:
    return Task.objects.create(
        title=title, owner=owner, search_text=search.task_text(title), **fields
    )


def found(user, text: str, kind: Kind, most: int = 8) -> list[str]:
    return [str(row) for row in find(user, text, most, kinds=(kind,))[0].rows]


def test_each_kind_is_found_by_any_of_its_words(cast):
    account = make_account("Grün Logistik", owner=cast.karl)
    renew_search_text(account)
    make_contact(account, "Анна Грунова")
    talk(account, "Prices of the GRÜN film rise")
    task("Send the grün samples", cast.karl, account=account)
    hits = find(cast.karl, "grun", 5)
    assert [one.kind for one in hits] == list(Kind)
    assert [len(one.rows) for one in hits] == [1, 1, 1, 1]
    assert found(cast.karl, "logistik grün", Kind.ACCOUNTS) == ["Grün Logistik"]


@pytest.mark.parametrize("typed", ["anna elk", "Анна ёлк", "ELKINA", "annz elkina", "елкиан"])
def test_people_are_found_in_either_script_and_with_a_slip(cast, typed):
    account = make_account(owner=cast.karl)
    make_contact(account, "Анна Ёлкина")
    make_contact(account, "Boris Petrov")
    assert found(cast.karl, typed, Kind.PEOPLE) == ["Анна Ёлкина"]


def test_a_name_in_latin_letters_is_found_by_cyrillic_ones(cast):
    make_contact(make_account(owner=cast.karl), "Boris Petrov")
    assert found(cast.karl, "Борис", Kind.PEOPLE) == ["Boris Petrov"]


def test_who_begins_so_comes_first_and_a_person_tells_the_places_the_reader_may_know(cast):
    mine, foreign = make_account("Mine", owner=cast.karl), make_account("Theirs", owner=cast.kim)
    make_contact(mine, "Zoe Anders")
    anders = make_contact(mine, "Anders Berg")
    anders.positions.create(account=foreign, valid_from=timezone.localdate())
    rows = find(cast.karl, "anders", 5, kinds=(Kind.PEOPLE,))[0].rows
    assert [row.name for row in rows] == ["Anders Berg", "Zoe Anders"]
    assert [place.account.name for place in rows[0].places] == ["Mine"]


def test_the_newest_talk_comes_first_and_more_are_told_of(cast):
    account = make_account(owner=cast.karl)
    new, old = (talk(account, "alpha", days_ago=days) for days in (1, 9))
    hits = find(cast.karl, "alpha", 1, kinds=(Kind.TOUCHPOINTS,))[0]
    assert hits.rows == [new]
    assert hits.has_more
    after = find(cast.karl, "alpha", 1, kinds=(Kind.TOUCHPOINTS,), skip=1)[0]
    assert after.rows == [old]
    assert not after.has_more


def test_nothing_of_others_is_found_neither_exactly_nor_nearly(cast):
    foreign = make_account("Canary", owner=cast.kim)
    renew_search_text(foreign)
    make_contact(foreign, "Canary Person")
    talk(foreign, "canary sang")
    task("canary task", cast.kim, account=foreign)
    for user in (cast.karl, cast.anna, cast.rita, cast.adam, cast.sam):
        for typed in ("canary", "canery", "ca"):
            assert not any(hits.rows for hits in find(user, typed, 5))
    for user in (cast.kim, cast.dora):
        assert all(len(hits.rows) == 1 for hits in find(user, "canary", 5))


def test_an_assistant_finds_what_their_manager_has_and_a_giver_of_a_task_finds_it(cast):
    account = make_account(owner=cast.karl)
    make_contact(account, "Alpha Person")
    task("alpha of karl", cast.karl, account=account)
    task("alpha for kim", cast.kim, created_by=cast.karl)
    assert found(cast.anna, "alpha", Kind.PEOPLE) == ["Alpha Person"]
    assert found(cast.anna, "alpha", Kind.TASKS) == ["alpha of karl"]
    assert found(cast.karl, "alpha", Kind.TASKS) == ["alpha for kim", "alpha of karl"]


def test_rights_end_with_the_assignment(cast):
    account = make_account(owner=cast.karl)
    talk(account, "alpha")
    account.assignments.update(valid_to=dt.date(2021, 1, 1))
    assert found(cast.karl, "alpha", Kind.TOUCHPOINTS) == []


def test_private_notes_are_in_no_search(cast):
    account = make_account(owner=cast.karl)
    contact = make_contact(account, "Alpha Person")
    contact.notes.create(account=account, text="secretword", author=cast.karl)
    assert not any(hits.rows for hits in find(cast.dora, "secretword", 5))


def test_merged_accounts_and_people_are_not_listed(cast):
    account = make_account("Alpha", owner=cast.karl)
    renew_search_text(account)
    kept = make_contact(account, "Alpha One")
    make_contact(account, "Alpha Two", merged_into=kept)
    assert found(cast.karl, "alpha", Kind.PEOPLE) == ["Alpha One"]
    Account.objects.filter(pk=account.pk).update(status="merged")
    assert find_accounts(cast.karl, "alpha", 5) == []


def test_slips_are_forgiven_only_where_nothing_fits_as_it_was_typed(cast):
    account = make_account(owner=cast.karl)
    make_contact(account, "Marta One")
    make_contact(account, "Marda Two")
    assert found(cast.karl, "marta", Kind.PEOPLE) == ["Marta One"]
    assert found(cast.karl, "marka", Kind.PEOPLE) == ["Marda Two", "Marta One"]
    talk(account, "Marka called")
    hits = {one.kind: len(one.rows) for one in find(cast.karl, "marka", 5)}
    assert hits[Kind.TOUCHPOINTS] == 1
    assert hits[Kind.PEOPLE] == 0


def test_what_fits_exactly_costs_one_look(cast):
    make_contact(make_account(owner=cast.karl), "Marta One")
    for typed, looks in (("marta", 1), ("marka", 2)):
        with CaptureQueriesContext(connection) as asked:
            assert find(cast.karl, typed, 5)
        assert sum("AS lookup" in query["sql"] for query in asked) == looks


def test_in_brief_old_talks_are_spared_where_a_name_fits(cast, monkeypatch):
    monkeypatch.setattr(finding, "FURTHER", 0)
    account = make_account("Grün Logistik", owner=cast.karl)
    renew_search_text(account)
    first = talk(account, "Grün asks for steel")
    Touchpoint.objects.bulk_create(
        Touchpoint(account=account, at=first.at, channel=first.channel, author=first.author)
        for _number in range(finding.NEWEST)
    )

    def talks(text: str, **how) -> int:
        return len(find(cast.dora, text, 5, **how)[2].rows)

    assert talks("grün") == talks("steel") == talks("steel", in_brief=True) == 1
    assert talks("grün", in_brief=True) == (0 if is_postgres() else 1)
    assert len(find(cast.karl, "grün", 5, in_brief=True)[2].rows) == 1


def test_a_name_merged_away_does_not_hide_the_one_it_was_a_slip_of(cast):
    account = make_account("Mayer", owner=cast.karl)
    renew_search_text(account)
    kept = make_contact(account, "Petrov")
    make_contact(account, "Petrof", merged_into=kept)
    other = make_account("Maier", owner=cast.karl, status="merged")
    renew_search_text(other)
    assert found(cast.karl, "petrof", Kind.PEOPLE) == ["Petrov"]
    assert found(cast.karl, "maier", Kind.ACCOUNTS) == ["Mayer"]


@pytest.mark.parametrize("typed", ["", "   ", "\u0301"])
def test_nothing_typed_finds_nothing_and_asks_nothing(cast, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not any(hits.rows for hits in find(cast.karl, typed, 5))


@pytest.mark.parametrize("typed", ["alpha", "alphx"])
def test_the_number_of_queries_does_not_grow(cast, typed, django_assert_max_num_queries):
    def fill(number: int) -> None:
        for _n in range(number):
            account = make_account("Alpha", owner=cast.karl)
            renew_search_text(account)
            make_contact(account, "Alpha Person")
            talk(account, "alpha")
            task("alpha", cast.karl, account=account)

    for number in (1, 8):
        fill(number)
        with company_known(), django_assert_max_num_queries(12):
            assert all(hits.rows for hits in find(cast.karl, typed, 5))


def test_actions_are_meant_by_parts_of_their_name():
    assert is_meant("acc new", "New account")
    assert not is_meant("old", "New account")
