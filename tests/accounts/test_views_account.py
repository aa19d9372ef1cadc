import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.account import edit_account
from accounts.models import (
    AccountScore,
    KeySpan,
    Scoring,
    TierSpan,
)
from accounts.queries.card import Month
from accounts.queries.orders import orders
from accounts.views.account import finding_of
from common.choices import ImportState
from common.models import Import
from tests.accounts.lines import Ledger
from tests.cast import make_account, make_cast, signed_in, without_tokens

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def cast():
    Scoring.objects.create(
        pk=1, as_of=AS_OF, whole=True, total=Decimal(1000), ranked=2, basis="revenue"
    )
    return make_cast()


@pytest.fixture
def ledger():
    return Ledger()


def page_text(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return without_tokens(answer).replace("\u00a0", " ")


def scored(name, revenue, *, owner=None, **score):
    account = make_account(name, owner=owner)
    fields = {"tier": "A", "tier_of_day": "A", "last_order": AS_OF} | score
    AccountScore.objects.create(account=account, as_of=AS_OF, revenue=Decimal(revenue), **fields)
    return account


def test_the_page_says_tier_share_rank_and_people_with_their_reasons(cast):
    account = scored("Vega", 800, owner=cast.karl, is_key=True, key_reason="tier")
    page = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/")
    for words in ("Vega", "80.0 %", "Karl", "20 Nov 2026", "why?"):
        assert words in page
    why = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/why/tier/")
    assert "1 of 2" in why


def test_an_account_without_figures_is_shown_as_unknown(cast):
    account = make_account("Vega", owner=cast.karl)
    page = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/")
    assert "Not known yet" in page and "No orders yet" in page


def test_a_colleague_of_the_team_sees_name_and_manager_only(cast):
    account = scored("Vega", 76543, owner=cast.lena)
    page = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/")
    assert "Vega" in page and "Lena" in page
    assert "76,543" not in page and "Tier" not in page
    for part in ("orders/", "history/", "on/?day=2026-01-01", "edit/"):
        assert signed_in(cast.karl).get(f"/accounts/{account.pk}/{part}").status_code == 404


def test_strangers_get_the_same_answer_as_for_what_does_not_exist(cast):
    account = scored("Vega", 1, owner=cast.kim)
    for user in (cast.karl, cast.rita, cast.adam, cast.sam):
        missing = signed_in(user).get("/accounts/987654/")
        foreign = signed_in(user).get(f"/accounts/{account.pk}/")
        assert missing.status_code == foreign.status_code == 404


def test_margin_is_absent_for_assistants(cast):
    account = scored("Vega", 1, owner=cast.karl, margin=Decimal(76543))
    assert "76,543" in page_text(signed_in(cast.karl), f"/accounts/{account.pk}/details/")
    hers = page_text(signed_in(cast.anna), f"/accounts/{account.pk}/details/")
    assert "76,543" not in hers and "Margin" not in hers


def test_a_past_day_has_its_own_answer(cast):
    account = scored("Vega", 800, owner=cast.karl)
    account.assignments.update(valid_to=dt.date(2026, 6, 1))
    account.assignments.create(user=cast.kim, role="owner", valid_from=dt.date(2026, 6, 1))
    data = {"rank": 2, "of": 9, "share": "0.1", "before": "0.3", "today": "B"}
    TierSpan.objects.create(
        account=account, tier="B", reason="pareto", data=data, rule_version="x",
        valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 7, 1),
    )  # fmt: skip
    KeySpan.objects.create(
        account=account, reason="share", data=data, rule_version="x",
        valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 2, 1),
    )  # fmt: skip
    client = signed_in(cast.dora)
    then = page_text(client, f"/accounts/{account.pk}/on/?day=2026-03-03")
    assert "Karl" in then and "number 2 of 9" in then and "was not a key account" in then
    later = page_text(client, f"/accounts/{account.pk}/on/?day=2026-06-01")
    assert "Kim" in later
    assert "Enter a day" in page_text(client, f"/accounts/{account.pk}/on/?day=nonsense")


def test_documents_come_newest_first_with_credits_and_what_has_no_rate(cast, ledger):
    account = scored("Vega", 1, owner=cast.karl)
    ledger.line(account, AS_OF, 100, document="D-2")
    ledger.line(account, AS_OF, 50, document="D-2", net=None, currency="USD")
    ledger.line(account, dt.date(2026, 10, 1), -30, document="C-1")
    undone = Import.objects.create(kind="ledger", filename="y", state=ImportState.UNDONE)
    ledger.line(account, AS_OF, 5555, document="GONE", batch=undone)
    first, second = orders(account, with_lines=True).documents
    assert (first.number, first.total, first.unconverted, len(first.lines)) == ("D-2", 100, 1, 2)
    assert second.is_credit
    page = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/orders/")
    assert "Credit note" in page and "no rate" in page and "5,555" not in page
    hers = page_text(signed_in(cast.anna), f"/accounts/{account.pk}/orders/")
    assert "100.00" in hers and "PE-1" not in hers


def test_a_merged_account_leads_to_its_survivor(cast):
    survivor = make_account("Vega")
    merged = make_account("Old Vega", status="merged", merged_into=survivor)
    page = page_text(signed_in(cast.dora), f"/accounts/{merged.pk}/")
    assert f"/accounts/{survivor.pk}/" in page


def test_children_and_parents_are_named_only_to_those_who_may_open_them(cast):
    parent = make_account("Hidden Group", owner=cast.kim)
    account = make_account("Vega", owner=cast.karl, parent=parent)
    make_account("Hidden Child", owner=cast.kim, parent=account)
    page = page_text(signed_in(cast.karl), f"/accounts/{account.pk}/")
    assert "Hidden" not in page
    assert "Hidden Group" in page_text(signed_in(cast.dora), f"/accounts/{account.pk}/")


def test_a_parents_name_is_in_no_reason_and_no_history_of_those_who_may_not_open_it(cast):
    parent = scored("Hidden Group", 800, owner=cast.kim)
    account = scored("Vega", 10, owner=cast.karl, counts_with=parent)
    edit_account(actor=cast.dora, account_id=account.pk, version=1, parent=parent)
    parts = (
        "",
        "why/tier/",
        "why/key/",
        "details/",
        "history/",
        f"on/?day={AS_OF.isoformat()}",
        "standing/",
    )
    for user, is_named in ((cast.karl, False), (cast.anna, False), (cast.dora, True)):
        client = signed_in(user)
        text = {part: page_text(client, f"/accounts/{account.pk}/{part}") for part in parts}
        naming = {part for part, page in text.items() if "Hidden" in page}
        assert naming >= {"", "why/tier/", "history/"} if is_named else not naming


def test_a_tier_by_margin_is_explained_to_assistants_without_the_margin(cast):
    Scoring.objects.update(basis="margin")
    account = scored("Vega", 900, owner=cast.karl, margin=Decimal(76543))
    for part in ("why/tier/", "details/"):
        assert "76,543" in page_text(signed_in(cast.karl), f"/accounts/{account.pk}/{part}")
    for part in ("", "orders/", "history/", "money/", "details/", "why/tier/", "why/key/"):
        hers = page_text(signed_in(cast.anna), f"/accounts/{account.pk}/{part}")
        assert "76,543" not in hers and "Margin, 12 months" not in hers


def test_history_reads_as_sentences(cast):
    account = make_account("Vega", owner=cast.karl)
    client = signed_in(cast.karl)
    client.post(f"/accounts/{account.pk}/close/")
    assert "Account closed" in page_text(client, f"/accounts/{account.pk}/history/")


@pytest.mark.parametrize(("first_day", "title"), [
    (dt.date(2023, 1, 2), "100 % more than the year before"),
    (dt.date(2025, 11, 3), "Orders of the first year"),
])  # fmt: skip
def test_the_title_compares_only_with_a_whole_year(first_day, title):
    scoring = Scoring(as_of=AS_OF, first_day=first_day)
    score = AccountScore(revenue=Decimal(20), revenue_before=Decimal(10))
    months = [Month(AS_OF.replace(day=1), Decimal(20), Decimal(10))]
    assert finding_of(months, score, scoring).replace("\N{NO-BREAK SPACE}", " ") == title


def test_nothing_is_drawn_where_nothing_was_bought(cast):
    account = make_account()
    page = page_text(signed_in(cast.dora), f"/accounts/{account.pk}/money/")
    assert "No orders in two years" in page and "months-data" not in page


def test_only_who_may_assign_is_offered_to(cast):
    account = make_account("Vega", owner=cast.karl)
    assign = f"/accounts/{account.pk}/assign/"
    for user, offered in ((cast.dora, True), (cast.karl, True), (cast.anna, False)):
        page = page_text(signed_in(user), f"/accounts/{account.pk}/")
        assert (assign in page) == offered, user
