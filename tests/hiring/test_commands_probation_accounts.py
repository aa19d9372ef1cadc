"""Accounts on loan: given, helped with, given back; never over somebody else's head."""

import pytest

from accounts.models import Assignment
from common.errors import RuleBroken
from hiring.commands import probation as plans
from hiring.commands.probation_accounts import MOST_ACCOUNTS, give_back, leave
from people.models import Event, company_day
from tests.trials import DAY, make_buyer, make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(cast):
    return make_probation(cast, "running", starts_on=company_day())


def owner(name: str, day=None) -> str:
    found = Assignment.objects.owners().on(day or company_day()).filter(account__name=name).first()
    return found.user.name if found else ""


def test_giving_is_told_in_the_history_of_the_account(cast, trial):
    events = Event.objects.filter(verb="account.assigned", data__user=cast.karl.pk)
    assert events.count() == 2
    assert events.first().data["reason"] == "probation of Karl"


def test_given_back_the_former_owner_stops_helping(cast, trial):
    assert give_back(trial, day=company_day() + DAY, actor=cast.dora) == 2
    tomorrow = company_day() + DAY
    assert owner("Alder") == "Karl" and owner("Alder", tomorrow) == "Kim"
    assert not Assignment.objects.filter(role="team").on(tomorrow).exists()


def test_what_somebody_else_received_meanwhile_stays_with_them(cast, trial):
    Assignment.objects.owners().filter(account__name="Alder", valid_to=None).update(user=cast.lena)
    assert give_back(trial, day=company_day() + DAY, actor=None) == 1
    assert owner("Alder", company_day() + DAY) == "Lena"
    assert owner("Birch", company_day() + DAY) == "Kim"


def test_what_nobody_had_goes_to_the_lead_or_to_nobody(cast):
    accounts = [make_buyer("Elm"), make_buyer("Fir")]
    row = make_probation(cast, "running", accounts=accounts, starts_on=company_day())
    assert give_back(row, day=company_day() + DAY, actor=None) == 2
    assert owner("Elm", company_day() + DAY) == "Lena"


def test_without_anybody_to_take_it_nobody_has_it_again(cast):
    row = make_probation(cast, "running", accounts=[make_buyer("Elm")], starts_on=company_day())
    row.lead = None
    give_back(row, day=company_day() + DAY, actor=None)
    assert owner("Elm", company_day() + DAY) == ""


def test_leaving_takes_its_controls_along_and_is_recorded(cast, trial):
    row = trial.accounts.filter(matched_to=None).first()
    leave(row, "It has become a key account.")
    assert not trial.accounts.filter(left_at=None, matched_to=row).exists()
    assert trial.accounts.filter(left_at=None).count() == 2
    assert Event.objects.get(verb="probation.account_left").data["account"] == row.account_id


def test_one_to_twenty_accounts_are_chosen(cast):
    row = make_probation(cast, "empty")
    for ids in ([], range(1, MOST_ACCOUNTS + 2)):
        with pytest.raises(RuleBroken, match="from one to"):
            plans.choose_accounts(
                actor=cast.dora, probation_id=row.pk, version=row.version, account_ids=ids
            )


def test_choosing_again_replaces_what_was_chosen(cast):
    row = make_probation(cast)
    elm, fir = make_buyer("Elm"), make_buyer("Fir")
    row = plans.choose_accounts(
        actor=cast.dora, probation_id=row.pk, version=row.version, account_ids=[elm.pk, elm.pk],
        each=2,
    )  # fmt: skip
    assert [one.account for one in row.accounts.filter(matched_to=None)] == [elm]
    assert row.accounts.exclude(matched_to=None).count() == 2
    assert fir.pk not in [one.account_id for one in row.accounts.filter(matched_to=None)]
