"""What is proposed, and why: the small, the growing, the forgotten; never key or taken."""

import pytest

from accounts.models import (
    AccountDay,
    AccountScore,
    Segment,
    ServiceLine,
    ServiceMonth,
)
from hiring.queries.probation_picker import matched, picking, reason_of, reason_words
from hiring.rules.picker import Code, Reason
from people.models import company_day
from tests.cast import make_account
from tests.trials import DAY, make_buyer, make_orders, make_probation

pytestmark = pytest.mark.django_db


def names(found) -> list[str]:
    return [choice.account.name for choice in found.choices]


def codes(choice) -> set[str]:
    return {reason.code for reason in choice.reasons}


@pytest.fixture
def trial(cast):
    return make_probation(cast, "empty")


def test_only_directors_are_proposed_anything(cast, trial):
    make_buyer("Elm")
    assert names(picking(trial, cast.dora)) == ["Elm"]
    for who in (cast.rita, cast.lena, cast.kim, cast.karl):
        assert names(picking(trial, who)) == []


def test_without_a_ledger_nothing_is_proposed(cast, trial):
    make_account("Bare")
    found = picking(trial, cast.dora)
    assert (found.as_of, found.choices) == (None, ())


def test_key_large_quiet_and_taken_accounts_are_not_proposed(cast, trial):
    make_buyer("Small", net=10)
    make_buyer("Key", is_key=True)
    make_buyer("Top", tier="A")
    for name, net in (("Bigger", 900), ("Middle", 500), ("Lower", 300)):
        make_buyer(name, tier="B", net=net)
    rare = make_buyer("Once", every=365)
    AccountScore.objects.filter(account=rare).update(order_days=1)
    make_buyer("Own", owner=cast.karl)
    assert set(names(picking(trial, cast.dora))) == {"Small", "Lower"}


def test_most_rules_first(cast, trial):
    make_buyer("Cared", owner=cast.kim)
    forgotten = make_buyer("Forgotten")
    AccountDay.objects.filter(account=forgotten, day__gte=company_day() - 100 * DAY).delete()
    found = picking(trial, cast.dora)
    assert names(found) == ["Forgotten", "Cared"]
    best = found.choices[0]
    assert {Code.BOUGHT_MORE, Code.FEWER_ORDERS, Code.SILENT, Code.NO_OWNER} <= codes(best)
    assert best.gap == 700
    assert "Nobody answers for it." in best.sentences
    assert any("ever noted a talk" in words for words in best.sentences)


def test_peers_of_the_segment_and_a_busy_owner_are_reasons(cast, trial):
    segment = Segment.objects.create(code="food", names={"en": "Food"})
    lines = [ServiceLine.objects.create(code=f"line {n}") for n in range(2)]
    for number in range(6):
        account = make_buyer(f"Peer {number}", net=300, owner=cast.kim, segment=segment)
        for line in lines if number else lines[:1]:
            ServiceMonth.objects.create(
                account=account, service_line=line, month=company_day().replace(day=1), net=5,
                lines=1,
            )  # fmt: skip
    account = make_buyer("Low", net=30, segment=segment)
    for number in range(26):
        make_account(f"Held {number}", owner=cast.kim)
    found = {one.account.name: one for one in picking(trial, cast.dora).choices}
    assert Code.FEWER_LINES in codes(found["Peer 0"])
    assert Code.FEWER_LINES not in codes(found["Peer 1"])
    assert Code.SMALLER_ORDERS in codes(found["Low"])
    assert Code.BUSY_OWNER in codes(found["Peer 1"])
    assert account.pk == found["Low"].account.pk


def test_a_segment_and_a_territory_narrow_it(cast, trial):
    segment = Segment.objects.create(code="food")
    make_buyer("Food", segment=segment)
    make_buyer("Other")
    found = picking(trial, cast.dora, segment=segment.pk)
    assert names(found) == ["Food"] and found.can_grow == 1


def test_twenty_are_shown_of_all_that_can_grow(cast, trial):
    for number in range(23):
        make_buyer(f"Buyer {number}")
    found = picking(trial, cast.dora)
    assert (len(found.choices), found.can_grow, found.considered) == (20, 23, 23)


def test_the_number_of_queries_does_not_grow(cast, trial, django_assert_max_num_queries):
    for number in range(9):
        make_buyer(f"Buyer {number}", owner=cast.kim)
    with django_assert_max_num_queries(24):
        [choice.owner.name for choice in picking(trial, cast.dora).choices]


def test_pairs_come_from_the_same_ground(cast, trial):
    given = make_buyer("Given", net=100)
    twin = make_buyer("Twin", net=101)
    make_buyer("Key twin", net=100, is_key=True)
    make_buyer("Far", net=3)
    found = matched(trial, [given.pk], company_day() - DAY)
    assert [(pair.given, pair.control) for pair in found] == [(given.pk, twin.pk)]
    assert len(matched(trial, [given.pk], company_day() - DAY, each=2)) == 2


@pytest.mark.parametrize("code", list(Code))
def test_every_reason_is_a_sentence_and_comes_back_from_what_was_kept(cast, code):
    for figure in (None, 3.0) if code == Code.SILENT else (3.0,):
        reason = Reason(code, figure, 5.0, 7.0)
        assert reason_words(reason, "EUR").endswith(".")
        kept = {"code": str(code), "figure": figure, "other": 5.0, "gap": 7.0}
        assert reason_of(kept) == reason


def test_an_earlier_better_year_counts_though_the_last_one_was_no_better(cast, trial):
    account = make_buyer("Former", every=30, years=1, owner=cast.kim)
    make_orders(account, *range(800, 1_000, 5))
    (choice,) = picking(trial, cast.dora).choices
    reason = next(one for one in choice.reasons if one.code == Code.BOUGHT_MORE)
    assert reason.other == 4_000
