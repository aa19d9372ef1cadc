import datetime as dt

import pytest

from accounts.models import Account
from common.errors import RuleBroken
from hiring.commands.off_limits import (
    Conflict,
    add_off_limits,
    adopt_accounts,
    edit_off_limits,
    lift_off_limits,
    remove_off_limits,
    restore_off_limits,
)
from hiring.models import OffLimits
from hiring.queries.off_limits import off_limits_of
from tests.cast import make_account
from tests.recruiting import make_off_limits

pytestmark = pytest.mark.django_db
ENTRY = {"kind": "partner", "name": "Polus GmbH", "reason": "They build for us"}


def test_a_company_is_put_off_limits_by_all_its_names(cast):
    entry = add_off_limits(actor=cast.rita, **ENTRY, aliases=["Полюс", "Polus GmbH", ""])
    assert entry.aliases == ["Полюс"]
    for name in ("POLUS", "Polyus", "ООО «Полюс»"):
        assert off_limits_of(name) == entry


@pytest.mark.parametrize("wrong", [{"name": " "}, {"reason": ""}, {"name": "polus"}])
def test_no_name_no_reason_and_one_that_stands_there_are_refused(cast, wrong):
    make_off_limits("Polus")
    with pytest.raises(RuleBroken):
        add_off_limits(actor=cast.rita, **{**ENTRY, "name": "Vega", **wrong})


def test_a_recruiter_may_widen_an_entry_and_only_a_director_narrow_it(cast):
    entry = add_off_limits(actor=cast.rita, **ENTRY, aliases=["Orbita"])
    rest = {**ENTRY, "domain": "", "until": None}
    wide = edit_off_limits(
        actor=cast.rita, entry_id=entry.pk, version=1, **rest, aliases=["Orbita", "Vega"]
    )
    assert wide.version == 2 and off_limits_of("vega") == wide
    narrow = {**rest, "aliases": []}
    short = {**rest, "aliases": ["Orbita", "Vega"], "until": dt.date(2030, 1, 1)}
    for given in (narrow, short):
        with pytest.raises(RuleBroken):
            edit_off_limits(actor=cast.rita, entry_id=entry.pk, version=2, **given)
    edit_off_limits(actor=cast.dora, entry_id=entry.pk, version=2, **narrow)
    assert off_limits_of("vega") is None


def test_the_second_of_two_editors_is_shown_what_stands(cast):
    entry = make_off_limits("Polus", version=2)
    rest = {**ENTRY, "domain": "", "until": None, "aliases": []}
    with pytest.raises(Conflict):
        edit_off_limits(actor=cast.dora, entry_id=entry.pk, version=1, **rest)


def test_only_a_director_lifts_and_says_why(cast):
    entry = make_off_limits("Polus")
    for actor, reason in ((cast.rita, "x"), (cast.dora, " ")):
        with pytest.raises(RuleBroken):
            lift_off_limits(actor=actor, entry_id=entry.pk, reason=reason)
    lifted = lift_off_limits(actor=cast.dora, entry_id=entry.pk, reason="No orders for years")
    assert lifted.lifted_by == cast.dora and off_limits_of("Polus") is None
    restore_off_limits(actor=cast.rita, entry_id=entry.pk)
    assert off_limits_of("Polus") is not None


def test_one_takes_back_what_one_has_just_added(cast):
    entry = add_off_limits(actor=cast.rita, **ENTRY)
    with pytest.raises(RuleBroken):
        remove_off_limits(actor=cast.dora, entry_id=entry.pk)
    remove_off_limits(actor=cast.rita, entry_id=entry.pk)
    assert not OffLimits.objects.exists()


def test_key_accounts_are_taken_over_all_or_none(cast):
    hansa, vega = make_account("Hansa"), make_account("Vega")
    make_off_limits("Vega")
    with pytest.raises(Account.DoesNotExist):
        adopt_accounts(actor=cast.dora, account_ids=[hansa.pk, 10**9])
    with pytest.raises(Account.DoesNotExist):
        adopt_accounts(actor=cast.rita, account_ids=[hansa.pk])
    (made,) = adopt_accounts(actor=cast.dora, account_ids=[hansa.pk, vega.pk])
    assert made.account == hansa and off_limits_of("Hansa") == made


@pytest.mark.parametrize("who", ["karl", "ivan", "adam", "sam"])
def test_others_do_not_know_of_the_list(cast, who):
    entry, actor = make_off_limits("Polus"), getattr(cast, who)
    with pytest.raises(OffLimits.DoesNotExist):
        add_off_limits(actor=actor, **{**ENTRY, "name": "Vega"})
    with pytest.raises(OffLimits.DoesNotExist):
        lift_off_limits(actor=actor, entry_id=entry.pk, reason="x")
