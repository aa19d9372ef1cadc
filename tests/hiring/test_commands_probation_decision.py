"""Extended, passed, not passed: by somebody else, with reasons, dates and notice."""

import datetime as dt

import pytest
import time_machine

from accounts.commands.departure import close_due
from accounts.models import HandoverPlan
from common.errors import RuleBroken
from hiring.commands import probation_decision as commands
from hiring.commands.probation_goal import judge_goal
from hiring.models import CheckIn, Probation, ProbationGoal, ProbationLimit
from people.models import (
    Departure,
    Employment,
    Event,
    Notification,
    RoleGrant,
    User,
    company_day,
    company_midnight,
)
from tests.trials import DAY, make_orders, make_probation

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def trial(cast):
    return make_probation(cast, "running", starts_on=company_day())


def standing(user) -> tuple:
    row = Employment.objects.on(company_day()).get(user=user)
    return row.grade, row.on_probation


def owners(trial, day=None) -> set[str]:
    rows = [row.account.assignments.owners().on(day or company_day()).get()
            for row in trial.accounts.filter(matched_to=None)]  # fmt: skip
    return {row.user.name for row in rows}


def test_passed_ends_probation_with_the_grade_of_the_plan(cast, trial):
    row = commands.pass_probation(
        actor=cast.lena, probation_id=trial.pk, reasons="Few orders, all of them hers."
    )
    assert row.state == "passed" and row.decided_by == cast.lena
    assert standing(cast.karl) == (2, False)
    assert owners(trial) == {"Karl"}
    assert Notification.objects.filter(user=cast.karl, kind="probation_passed").exists()


def test_a_missed_must_is_passed_only_with_a_reason(cast, trial):
    with pytest.raises(RuleBroken, match="Not reached: turnover"):
        commands.pass_probation(actor=cast.dora, probation_id=trial.pk)
    for row in trial.accounts.filter(matched_to=None):
        make_orders(row.account, 0, net=9_000)
    assert commands.pass_probation(actor=cast.dora, probation_id=trial.pk).state == "passed"


def test_a_free_must_waits_for_the_lead(cast, trial):
    trial.goals.all().delete()
    goal = ProbationGoal.objects.create(probation=trial, kind="free", title="Manners", must=True)
    with pytest.raises(RuleBroken, match="Manners"):
        commands.pass_probation(actor=cast.dora, probation_id=trial.pk)
    judge_goal(actor=cast.lena, probation_id=trial.pk, goal_id=goal.pk, judged=True)
    assert commands.pass_probation(actor=cast.dora, probation_id=trial.pk).state == "passed"


@pytest.mark.parametrize("who", ["karl", "kim", "rita"])
@pytest.mark.parametrize("verb", ["pass", "extend", "fail"])
def test_neither_newcomer_nor_mentor_nor_recruiter_decides(cast, trial, who, verb):
    call = {
        "pass": lambda **how: commands.pass_probation(**how),
        "extend": lambda **how: commands.extend_probation(to=trial.ends_on + DAY, **how),
        "fail": lambda **how: commands.fail_probation(leaves_on=company_day() + 9 * DAY, **how),
    }[verb]
    with pytest.raises(RuleBroken):
        call(actor=getattr(cast, who), probation_id=trial.pk, reasons="Because.")
    trial.refresh_from_db()
    assert trial.state == "running" and standing(cast.karl) == (None, True)


def test_a_newcomer_who_became_director_still_does_not_decide(cast, trial):
    RoleGrant.objects.create(user=cast.karl, role="director")
    karl = User.objects.get(pk=cast.karl.pk)
    with pytest.raises(RuleBroken, match="their own"):
        commands.pass_probation(actor=karl, probation_id=trial.pk, reasons="I am good.")


def test_extended_with_reasons_within_the_limit_and_with_more_talks(cast, trial):
    assert CheckIn.objects.filter(probation=trial).count() == 4
    to = trial.ends_on + 14 * DAY
    row = commands.extend_probation(
        actor=cast.lena, probation_id=trial.pk, to=to, reasons="Two orders are on the way."
    )
    assert row.ends_on == to and row.extensions[0]["from"] == trial.ends_on.isoformat()
    assert row.extensions[0]["by"] == cast.lena.pk
    assert CheckIn.objects.filter(probation=trial).count() == 6
    again = commands.extend_probation(
        actor=cast.lena, probation_id=trial.pk, to=to + 7 * DAY, reasons="Once more."
    )
    assert len(again.extensions) == 2


@pytest.mark.parametrize(
    "days, reasons, words",
    [(14, " ", "reason"), (0, "Yes", "later last day"), (62, "Yes", "Source")],
)
def test_an_extension_that_cannot_be_is_refused(cast, trial, days, reasons, words):
    """28 days run; the limit of 89 leaves 61 more."""
    with pytest.raises(RuleBroken, match=words):
        commands.extend_probation(
            actor=cast.dora, probation_id=trial.pk, to=trial.ends_on + days * DAY, reasons=reasons
        )
    trial.refresh_from_db()
    assert trial.extensions == []


def test_all_extensions_together_stay_within_the_limit(cast, trial):
    last = trial.ends_on + 61 * DAY
    commands.extend_probation(actor=cast.dora, probation_id=trial.pk, to=last, reasons="Yes")
    with pytest.raises(RuleBroken, match="Source"):
        commands.extend_probation(
            actor=cast.dora, probation_id=trial.pk, to=last + DAY, reasons="Yes"
        )


def test_not_passed_gives_notice_and_returns_the_accounts_after_the_last_day(cast, trial):
    leaves = company_day() + 3 * DAY
    row = commands.fail_probation(
        actor=cast.lena, probation_id=trial.pk, reasons="Nobody was called.", leaves_on=leaves
    )
    assert (row.state, row.notice_on, row.leaves_on) == ("failed", company_day(), leaves)
    assert standing(cast.karl) == (None, True)
    assert owners(trial) == owners(trial, leaves) == {"Karl"}
    assert owners(trial, leaves + DAY) == {"Kim"}


def test_who_is_not_kept_leaves_on_their_last_day_and_the_accounts_are_not_orphaned(cast, trial):
    leaves = company_day() + 3 * DAY
    commands.fail_probation(
        actor=cast.dora, probation_id=trial.pk, reasons="Nobody was called.", leaves_on=leaves
    )
    assert Departure.objects.get(user=cast.karl).last_day == leaves
    with time_machine.travel(company_midnight(leaves + DAY) + HOUR, tick=False):
        assert close_due(day=company_day()) == 1
        assert owners(trial) == {"Kim"}
    assert not User.objects.get(pk=cast.karl.pk).is_active


def test_a_lead_who_does_not_keep_somebody_asks_the_directors_to_note_it(cast, trial):
    commands.fail_probation(
        actor=cast.lena, probation_id=trial.pk, reasons="No", leaves_on=company_day() + 3 * DAY
    )
    assert not Departure.objects.exists()
    assert Notification.objects.filter(user=cast.dora, kind="probation_leaves").count() == 1


def test_a_leaving_that_was_noted_before_stays_as_it_is(cast, trial):
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=company_day() + 9 * DAY)
    commands.fail_probation(
        actor=cast.dora, probation_id=trial.pk, reasons="No", leaves_on=company_day() + 3 * DAY
    )
    assert Departure.objects.get().kind == "resigned"


@pytest.mark.parametrize(
    "days, reasons, words", [(2, "Yes", "or later"), (-1, "Yes", "later day"), (9, "", "reasons")]
)
def test_without_notice_or_reasons_nobody_fails(cast, trial, days, reasons, words):
    with pytest.raises(RuleBroken, match=words):
        commands.fail_probation(
            actor=cast.dora, probation_id=trial.pk, reasons=reasons,
            leaves_on=company_day() + days * DAY,
        )  # fmt: skip
    trial.refresh_from_db()
    assert trial.state == "running" and owners(trial) == {"Karl"}


def test_notice_was_given_within_the_trial(cast, trial):
    for notice_on in (trial.starts_on - DAY, company_day() + DAY):
        with pytest.raises(RuleBroken, match="Notice is given"):
            commands.fail_probation(
                actor=cast.dora, probation_id=trial.pk, reasons="Yes", notice_on=notice_on,
                leaves_on=company_day() + 20 * DAY,
            )  # fmt: skip


def test_a_country_without_a_limit_asks_for_no_notice(cast):
    trial = make_probation(cast, "running", starts_on=company_day(), country="NZ")
    assert trial.limit is None and not ProbationLimit.objects.filter(country="NZ").exists()
    row = commands.fail_probation(
        actor=cast.dora, probation_id=trial.pk, reasons="Yes", leaves_on=company_day()
    )
    assert row.leaves_on == company_day()


def test_where_the_former_owner_left_the_lead_receives(cast, trial):
    User.objects.filter(pk=cast.kim.pk).update(is_active=False)
    commands.fail_probation(
        actor=cast.dora, probation_id=trial.pk, reasons="Yes", leaves_on=company_day() + 3 * DAY
    )
    assert owners(trial, company_day() + 4 * DAY) == {"Lena"}


def test_a_decision_is_taken_once(cast, trial):
    commands.pass_probation(actor=cast.dora, probation_id=trial.pk, reasons="Yes")
    with pytest.raises(RuleBroken, match="passed"):
        commands.fail_probation(
            actor=cast.dora, probation_id=trial.pk, reasons="No",
            leaves_on=company_day() + dt.timedelta(days=9),
        )  # fmt: skip
    assert Event.objects.filter(verb="probation.passed").count() == 1


def test_key_accounts_follow_only_what_was_passed(cast, trial):
    plan = HandoverPlan.objects.create(to_user=cast.karl, starts_on=company_day())
    with pytest.raises(RuleBroken, match="passed"):
        commands.attach_plan(actor=cast.dora, probation_id=trial.pk, plan=plan)
    commands.pass_probation(actor=cast.dora, probation_id=trial.pk, reasons="Yes")
    with pytest.raises(RuleBroken, match="director"):
        commands.attach_plan(actor=cast.lena, probation_id=trial.pk, plan=plan)
    row = commands.attach_plan(actor=cast.dora, probation_id=trial.pk, plan=plan)
    assert Probation.objects.get(pk=row.pk).handover_plan == plan
