"""A plan from the draft to the newcomer's yes: every refusal changes nothing."""

import datetime as dt

import pytest

from accounts.models import AccountScore
from common.errors import RuleBroken
from hiring.commands import probation as commands
from hiring.models import Probation, ProbationLimit
from people.models import Employment, Event, Notification, RoleGrant, company_day
from tests.cast import make_account
from tests.trials import DAY, make_buyer, make_orders, make_probation, plan, put_on_probation

pytestmark = pytest.mark.django_db


def state_of(row) -> str:
    row.refresh_from_db()
    return row.state


def test_a_draft_knows_its_lead_its_limit_and_two_goals(cast):
    put_on_probation(cast.karl)
    row = commands.draft_probation(actor=cast.rita, user=cast.karl, **plan())
    assert row.state == "draft" and row.lead == cast.lena
    assert row.limit == ProbationLimit.objects.get(country="RU", case="")
    assert [goal.kind for goal in row.goals.all()] == ["growth", "first"]
    assert Event.objects.filter(verb="probation.drafted", actor=cast.rita).exists()


@pytest.mark.parametrize("who", ["kim", "anna", "karl", "ivan", "adam", "sam"])
def test_only_recruiters_directors_and_the_lead_plan(cast, who):
    with pytest.raises(RuleBroken):
        commands.draft_probation(actor=getattr(cast, who), user=cast.karl, **plan())
    assert not Probation.objects.exists()


def test_the_lead_may_plan_for_their_own_team(cast):
    assert commands.draft_probation(actor=cast.lena, user=cast.karl, **plan()).made_by == cast.lena
    with pytest.raises(RuleBroken, match="planned by"):
        commands.draft_probation(actor=cast.lena, user=cast.kim, **plan())


@pytest.mark.parametrize(
    "given, words",
    [
        ({"ends_on": dt.date(2020, 1, 1)}, "after the beginning"),
        ({"starts_on": dt.date(2020, 1, 1)}, "later day"),
        ({"days": 90}, "ends on"),
        ({"mentor": "karl"}, "neither their own"),
        ({"mentor": "ivan"}, "no active manager"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(cast, given, words):
    given = dict(given)
    if "mentor" in given:
        given["mentor"] = getattr(cast, given["mentor"])
    if "days" in given:
        given["ends_on"] = company_day() + DAY + given.pop("days") * DAY
    with pytest.raises(RuleBroken, match=words):
        commands.draft_probation(actor=cast.dora, user=cast.karl, **plan(**given))
    assert not Probation.objects.exists()


def test_somebody_without_the_role_or_on_trial_already_has_no_plan(cast):
    with pytest.raises(RuleBroken, match="active key account manager"):
        commands.draft_probation(actor=cast.dora, user=cast.ivan, **plan())
    make_probation(cast, "empty")
    with pytest.raises(RuleBroken, match="already"):
        commands.draft_probation(actor=cast.dora, user=cast.karl, **plan())


def test_a_draft_is_edited_by_the_version_that_was_read(cast):
    row = make_probation(cast, "empty")
    edited = commands.edit_probation(
        actor=cast.rita, probation_id=row.pk, version=row.version, criteria="Another way."
    )
    assert edited.criteria == "Another way." and edited.version == row.version + 1
    with pytest.raises(commands.Conflict):
        commands.edit_probation(
            actor=cast.rita, probation_id=row.pk, version=row.version, criteria="Late."
        )


def test_chosen_accounts_come_with_baselines_reasons_and_others_like_them(cast):
    row = make_probation(cast)
    given = list(row.accounts.filter(matched_to=None))
    controls = list(row.accounts.exclude(matched_to=None))
    assert [one.account.name for one in given] == ["Alder", "Birch"]
    assert sorted(one.account.name for one in controls) == ["Cedar", "Dogwood"]
    assert all(one.distance == 0 for one in controls)
    assert given[0].baseline == given[0].frozen["orders"] * 100
    assert "silent" in [reason["code"] for reason in given[0].why]


@pytest.mark.parametrize("bar", ["key", "A", "child", "closed", "other"])
def test_barred_accounts_are_refused_by_name_and_nothing_is_chosen(cast, bar):
    if bar == "other":
        taken = make_probation(cast, user=cast.lena, lead=cast.dora).accounts.first().account
    else:
        fields = {"key": {"is_key": True}, "A": {"tier": "A"}}.get(bar, {})
        taken = make_buyer("Taken", **fields)
    if bar == "child":
        parent = make_buyer("Parent", is_key=True)
        taken.parent = parent
        taken.save()
    if bar == "closed":
        taken.status = "closed"
        taken.save()
    row = make_probation(cast, "empty")
    free = make_buyer("Free")
    with pytest.raises(RuleBroken, match=taken.name):
        commands.choose_accounts(
            actor=cast.dora, probation_id=row.pk, version=row.version,
            account_ids=[free.pk, taken.pk],
        )  # fmt: skip
    assert not row.accounts.exists()


@pytest.mark.parametrize("who", ["rita", "lena"])
def test_only_a_director_chooses_accounts_and_offers(cast, who):
    row = make_probation(cast)
    actor = getattr(cast, who)
    with pytest.raises(RuleBroken, match="somebody else"):
        commands.choose_accounts(
            actor=actor, probation_id=row.pk, version=row.version, account_ids=[1]
        )
    with pytest.raises(RuleBroken, match="somebody else"):
        commands.offer_probation(actor=actor, probation_id=row.pk)
    assert state_of(row) == "draft"


def test_strangers_find_no_probation(cast):
    row = make_probation(cast)
    for who in (cast.anna, cast.ivan, cast.adam, cast.sam):
        with pytest.raises(Probation.DoesNotExist):
            commands.edit_probation(actor=who, probation_id=row.pk, version=row.version)


def test_an_offer_freezes_what_the_newcomer_will_read(cast):
    row = make_probation(cast, "offered")
    assert row.frozen_on == company_day() - DAY
    before = {one.pk: one.baseline for one in row.accounts.all()}
    make_orders(row.accounts.first().account, 3, net=9_999)
    row.refresh_from_db()
    assert {one.pk: one.baseline for one in row.accounts.all()} == before
    assert Notification.objects.filter(user=cast.karl, kind="probation_offered").count() == 1


@pytest.mark.parametrize(
    "given, words",
    [({"criteria": ""}, "judged"), ({"mentor": None}, "mentor"), ({}, "on probation from")],
)
def test_what_is_not_whole_is_not_offered(cast, given, words):
    row = make_probation(cast, **given)
    if not given:
        Employment.objects.filter(user=cast.karl).update(on_probation=False)
    with pytest.raises(RuleBroken, match=words):
        commands.offer_probation(actor=cast.dora, probation_id=row.pk)
    assert state_of(row) == "draft"


def test_without_accounts_or_goals_nothing_is_offered(cast):
    row = make_probation(cast, "empty")
    with pytest.raises(RuleBroken, match="Choose the accounts"):
        commands.offer_probation(actor=cast.dora, probation_id=row.pk)
    row.goals.all().delete()
    with pytest.raises(RuleBroken, match="goal"):
        commands.offer_probation(actor=cast.dora, probation_id=row.pk)


def test_without_a_ledger_nothing_can_be_measured(cast):
    row = make_probation(cast, "empty")
    account = make_account("Bare")
    AccountScore.objects.create(account=account, as_of=company_day())
    with pytest.raises(RuleBroken, match="ledger"):
        commands.choose_accounts(
            actor=cast.dora, probation_id=row.pk, version=row.version, account_ids=[account.pk]
        )


def test_an_account_that_became_key_stops_the_offer(cast):
    row = make_probation(cast)
    AccountScore.objects.filter(account__name="Birch").update(is_key=True)
    with pytest.raises(RuleBroken, match="Birch.*key account"):
        commands.offer_probation(actor=cast.dora, probation_id=row.pk)
    assert state_of(row) == "draft"


def test_only_the_newcomer_accepts_and_only_what_they_read(cast):
    row = make_probation(cast, "offered")
    for who in (cast.dora, cast.lena, cast.kim, cast.rita):
        with pytest.raises(RuleBroken, match="in person"):
            commands.accept_probation(actor=who, probation_id=row.pk, version=row.version)
    with pytest.raises(commands.Conflict):
        commands.accept_probation(actor=cast.karl, probation_id=row.pk, version=row.version - 1)
    row = commands.accept_probation(actor=cast.karl, probation_id=row.pk, version=row.version)
    assert row.accepted_at
    again = commands.accept_probation(actor=cast.karl, probation_id=row.pk, version=1)
    assert again.accepted_at == row.accepted_at
    assert Event.objects.filter(verb="probation.accepted").count() == 1


def test_nobody_accepts_after_the_first_day(cast):
    row = make_probation(cast, "offered")
    Probation.objects.filter(pk=row.pk).update(starts_on=company_day() - DAY)
    with pytest.raises(RuleBroken, match="first day is over"):
        commands.accept_probation(actor=cast.karl, probation_id=row.pk, version=row.version)


def test_another_plan_is_accepted_anew(cast):
    row = make_probation(cast, "accepted")
    row = commands.revise_probation(actor=cast.rita, probation_id=row.pk)
    assert (row.state, row.accepted_at, row.frozen_on) == ("draft", None, None)


def test_the_newcomer_may_ask_for_another_plan_in_words(cast):
    row = make_probation(cast, "offered")
    with pytest.raises(RuleBroken, match="different"):
        commands.send_back_probation(actor=cast.karl, probation_id=row.pk, words=" ")
    row = commands.send_back_probation(actor=cast.karl, probation_id=row.pk, words="Two weeks more")
    assert row.state == "draft"
    assert Event.objects.get(verb="probation.sent_back").data["words"] == "Two weeks more"


def test_the_newcomer_decides_nothing_even_as_a_director(cast):
    row = make_probation(cast)
    RoleGrant.objects.create(user=cast.karl, role="director")
    karl = type(cast.karl).objects.get(pk=cast.karl.pk)
    with pytest.raises(RuleBroken, match="their own"):
        commands.offer_probation(actor=karl, probation_id=row.pk)


def test_calling_off_needs_a_reason_and_gives_running_accounts_back_today(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    account = row.accounts.first().account
    account.refresh_from_db()
    assert account.owner == cast.karl
    with pytest.raises(RuleBroken, match="reason"):
        commands.cancel_probation(actor=cast.dora, probation_id=row.pk, reasons="")
    row = commands.cancel_probation(actor=cast.dora, probation_id=row.pk, reasons="Reorganised")
    account.refresh_from_db()
    assert row.state == "cancelled" and account.owner == cast.kim
    with pytest.raises(RuleBroken, match="called off"):
        commands.cancel_probation(actor=cast.dora, probation_id=row.pk, reasons="Again")
