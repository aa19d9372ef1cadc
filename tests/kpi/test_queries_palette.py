import pytest
from django.test import Client

from accounts.commands.account import renew_search_text
from accounts.models import Account, Task
from accounts.queries.search import find_accounts
from kpi.queries.palette import palette
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = make_cast()
    for name, owner in (
        ("Молочный двор", made.karl), ("ООО «Ключевской молочный комбинат»", made.karl),
        ("Laboratorios Véga", made.karl), ("Уральский крепёж", made.kim),
    ):  # fmt: skip
        renew_search_text(make_account(name, owner=owner))
    return made


def found(user, text: str) -> list[str]:
    return [account.name for account in find_accounts(user, text, 8)]


def test_names_that_begin_so_come_first(cast):
    assert found(cast.karl, "молочн") == ["Молочный двор", "ООО «Ключевской молочный комбинат»"]


@pytest.mark.parametrize("typed", ["vega", "VEGA", "labratorios", "laboratoiros", "lavoratorios"])
def test_case_accents_and_one_slip_are_forgiven(cast, typed):
    assert found(cast.karl, typed) == ["Laboratorios Véga"]


def test_two_slips_are_too_many_and_short_words_are_exact(cast):
    assert found(cast.karl, "labrtorous") == []
    assert found(cast.karl, "vgg") == []


def test_nothing_of_others_is_found(cast):
    assert found(cast.karl, "крепеж") == found(cast.sam, "vega") == []
    assert found(cast.kim, "крепёж") == ["Уральский крепёж"]


def test_merged_accounts_are_found_by_their_survivor(cast):
    account = Account.objects.get(name="Laboratorios Véga")
    make_account("Old Name", status="merged", merged_into=account)
    renew_search_text(account)
    assert found(cast.dora, "old name") == ["Laboratorios Véga"]


def test_actions_fit_the_role(cast):
    def names(user, text):
        return {row.name for group in palette(user, text) for row in group.rows}

    assert "New account" in names(cast.karl, "new")
    assert "New account" not in names(cast.rita, "new")
    assert "Possible duplicates" in names(cast.dora, "dupl")
    assert names(cast.sam, "profile") == {"My profile"}
    assert palette(cast.dora, "   ") == []
    assert "Departure simulator" in names(cast.karl, "simul")
    assert names(cast.anna, "money") == {"Money by manager"}
    assert not names(cast.rita, "money") | names(cast.rita, "simul")


def test_people_talks_and_tasks_have_groups_and_all_results_are_a_step_away(cast):
    account = Account.objects.get(name="Молочный двор")
    make_contact(account, "Vega Person")
    Task.objects.create(title="Vega task", owner=cast.karl, search_text="\nvega task")
    make_touchpoint(account, text="About vega", search_text="\nabout vega")
    groups = palette(cast.karl, "vega")
    assert [group.title for group in groups] == ["Accounts", "People", "Touchpoints", "Tasks"]
    client = Client()
    client.force_login(cast.karl)
    assert 'href="/search/?q=vega"' in client.get("/palette/", {"q": "vega"}).content.decode()


def test_the_palette_costs_a_fixed_number_of_queries(cast, django_assert_max_num_queries):
    client = Client()
    client.force_login(cast.karl)
    with django_assert_max_num_queries(15):
        answer = client.get("/palette/", {"q": "vega"})
    assert "Laboratorios Véga" in answer.content.decode()
    assert client.get("/palette/", {"q": "\x00'; --"}).status_code == 200
