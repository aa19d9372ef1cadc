import datetime as dt

import pytest

from accounts.models import Account, AccountScore, ShownHealth
from common.errors import RuleBroken
from kpi.commands.health_said import free_health, judge_account, override_health, remove_judgement
from kpi.models import Health, HealthOverride, Judgement
from kpi.queries.health.live import live
from kpi.queries.reporting import reporting_day
from kpi.rules.health.score import PARTS, WEIGHTS, Part
from people.models import Event

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def in_days(days: int) -> dt.date:
    return reporting_day() + dt.timedelta(days=days)


def test_a_judgement_counts_at_once_and_is_recorded(cast, account):
    said = judge_account(actor=cast.karl, account_id=account.pk, value=25, note=" Late twice ")
    assert (said.value, said.note, said.day, said.by) == (
        25,
        "Late twice",
        reporting_day(),
        cast.karl,
    )
    assert Health.objects.get().confidence == WEIGHTS[PARTS.index(Part.VOICE)]
    assert live(Health.objects.get(), WEIGHTS).values == {Part.VOICE: 25}
    assert verbs() == ["account.judged"]


def test_a_judgement_taken_back_counts_no_more_but_stays_recorded(cast, account):
    said = judge_account(actor=cast.karl, account_id=account.pk, value=25)
    remove_judgement(actor=cast.dora, judgement_id=said.pk)
    assert Health.objects.get().confidence == 0
    assert Judgement.objects.count() == 1
    with pytest.raises(RuleBroken, match="already"):
        remove_judgement(actor=cast.karl, judgement_id=said.pk)


def test_nobody_takes_back_what_a_director_said(cast, account):
    said = judge_account(actor=cast.dora, account_id=account.pk, value=25)
    with pytest.raises(RuleBroken):
        remove_judgement(actor=cast.karl, judgement_id=said.pk)


@pytest.mark.parametrize("value", [-1, 10, 101])
def test_only_the_five_words_are_judgements(cast, account, value):
    with pytest.raises(RuleBroken):
        judge_account(actor=cast.karl, account_id=account.pk, value=value)
    assert not Judgement.objects.exists()


def test_assistants_and_strangers_say_nothing(cast, account):
    with pytest.raises(RuleBroken):
        judge_account(actor=cast.anna, account_id=account.pk, value=25)
    for stranger in (cast.kim, cast.adam, cast.sam):
        with pytest.raises(Account.DoesNotExist):
            judge_account(actor=stranger, account_id=account.pk, value=25)
    assert not Judgement.objects.exists()


def test_a_closed_account_is_not_judged(cast, account):
    account.status = "closed"
    account.save()
    with pytest.raises(RuleBroken):
        judge_account(actor=cast.karl, account_id=account.pk, value=25)


def test_an_override_shows_at_once_and_ends_the_one_before(cast, account):
    AccountScore.objects.create(account=account, as_of=reporting_day())
    first = override_health(
        actor=cast.karl, account_id=account.pk, value=20, reason="They go", until=in_days(21)
    )
    second = override_health(
        actor=cast.dora, account_id=account.pk, value=60, reason="They stay", until=in_days(5)
    )
    first.refresh_from_db()
    assert first.removed_at and not second.removed_at
    assert ShownHealth.objects.get().points == 60
    free_health(actor=cast.karl, override_id=second.pk)
    assert ShownHealth.objects.get().points is None
    assert verbs() == ["account.health_set", "account.health_set", "account.health_freed"]


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"value": 101}, {"value": -1}, {"days": 0}, {"days": 91}]
)
def test_an_override_needs_a_reason_an_end_and_a_value(cast, account, wrong):
    fields = {"value": 20, "reason": "They go", "days": 21} | wrong
    with pytest.raises(RuleBroken):
        override_health(
            actor=cast.karl, account_id=account.pk, value=fields["value"],
            reason=fields["reason"], until=in_days(fields["days"]),
        )  # fmt: skip
    assert not HealthOverride.objects.exists() and not verbs()


def test_what_has_ended_is_not_freed_again(cast, account):
    row = override_health(
        actor=cast.karl, account_id=account.pk, value=20, reason="They go", until=in_days(21)
    )
    free_health(actor=cast.karl, override_id=row.pk)
    with pytest.raises(RuleBroken):
        free_health(actor=cast.karl, override_id=row.pk)
    with pytest.raises(HealthOverride.DoesNotExist):
        free_health(actor=cast.kim, override_id=row.pk)
