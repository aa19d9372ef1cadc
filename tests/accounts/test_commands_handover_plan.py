import datetime as dt

import pytest

from accounts.commands import handover as handovers
from accounts.commands import handover_plan as commands
from accounts.models import Account, CareSettings, Handover, HandoverPlan, PlanStep
from accounts.queries import handover_plans as queries
from common.errors import RuleBroken
from people.commands.employment import set_employment
from people.models import Event, Notification, company_day
from tests.cast import make_account
from tests.field import set_tier

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_key(owner, name: str = "") -> Account:
    account = make_account(name, owner=owner)
    score = set_tier(account, "A")
    score.is_key = True
    score.save()
    return account


def graded(cast, user, *, on_probation: bool = False):
    set_employment(
        actor=cast.dora, user=user, day=company_day(), grade=3, on_probation=on_probation,
        reason="test",
    )  # fmt: skip


@pytest.fixture
def keys(cast):
    graded(cast, cast.kim)
    return [make_key(cast.karl, name) for name in ("One", "Two", "Three")]


def make_plan(cast, keys, **fields) -> HandoverPlan:
    values = {
        "actor": cast.dora, "to_user": cast.kim, "account_ids": [row.pk for row in keys],
        "starts_on": commands.rules.working_day(company_day()), "spacing_days": 14,
    } | fields  # fmt: skip
    return commands.plan_handovers(**values)


def states(plan: HandoverPlan) -> list[str | None]:
    steps = plan.steps.select_related("handover")
    return [step.handover and step.handover.state for step in steps]


def accept(plan: HandoverPlan, place: int, *, day: dt.date | None = None, state: str = "watch"):
    step = plan.steps.get(position=place)
    Handover.objects.filter(pk=step.handover_id).update(
        state=state, accepted_on=day or company_day()
    )


def test_the_first_begins_at_once_and_the_others_have_their_days(cast, keys):
    plan = make_plan(cast, keys, joint_meetings=1)
    assert states(plan) == ["planned", None, None]
    begin = plan.starts_on
    planned = [step.planned_for for step in plan.steps.all()]
    assert planned == commands.rules.dates(begin, 14, 3)
    handover = plan.handovers.get()
    assert (handover.to_user, handover.cause, handover.joint_meetings) == (cast.kim, "graduated", 1)
    assert Event.objects.filter(verb="user.plan_made", target_id=cast.kim.pk).count() == 1


def test_figures_of_the_company_where_none_are_given(cast, keys):
    CareSettings.objects.create(pk=1, spacing_days=21, joint_meetings=3)
    plan = make_plan(cast, keys, spacing_days=None)
    assert (plan.spacing_days, plan.joint_meetings) == (21, 3)


def test_the_next_begins_only_when_the_last_is_accepted(cast, keys):
    plan = make_plan(cast, keys)
    today = company_day()
    assert commands.advance_plans(today) == 0
    accept(plan, 0)
    assert commands.advance_plans(today) == 1
    assert commands.advance_plans(today) == 0
    assert states(plan) == ["watch", "planned", None]
    second = plan.steps.get(position=1)
    assert second.handover.planned_for >= today + 14 * DAY
    assert plan.steps.get(position=2).planned_for >= second.planned_for + 12 * DAY


def test_the_plan_closes_behind_its_last(cast, keys):
    plan = make_plan(cast, keys[:1])
    accept(plan, 0)
    assert commands.advance_plans(company_day()) == 0
    plan.refresh_from_db()
    assert plan.closed_at


@pytest.mark.parametrize("state", ["undone", "cancelled"])
def test_one_taken_back_waits_for_a_director(cast, keys, state):
    plan = make_plan(cast, keys)
    accept(plan, 0, state=state)
    for _ in range(2):
        assert commands.advance_plans(company_day()) == 0
    assert Notification.objects.filter(kind="plan_waits", user=cast.dora).count() == 1
    plan.refresh_from_db()
    commands.begin_next(actor=cast.dora, plan_id=plan.pk, version=plan.version)
    assert states(plan) == [state, "planned", None]


def test_a_director_begins_the_next_early_with_a_reason(cast, keys):
    plan = make_plan(cast, keys)
    early = {"actor": cast.dora, "plan_id": plan.pk, "version": plan.version}
    with pytest.raises(RuleBroken, match="not accepted yet"):
        commands.begin_next(**early)
    commands.begin_next(reason="The customer asks for it", **early)
    assert states(plan) == ["planned", "planned", None]
    event = Event.objects.filter(verb="user.plan_changed").get()
    assert event.data["reason"] == "The customer asks for it"


def test_what_stands_in_the_way_is_kept_and_told(cast, keys):
    plan = make_plan(cast, keys)
    accept(plan, 0)
    graded(cast, cast.kim, on_probation=True)
    assert commands.advance_plans(company_day()) == 0
    step = plan.steps.get(position=1)
    assert "probation" in step.trouble and step.handover is None
    assert Notification.objects.filter(kind="plan_waits", user=cast.dora).count() == 1


def test_nobody_on_probation_gets_a_plan_of_key_accounts(cast, keys):
    graded(cast, cast.kim, on_probation=True)
    with pytest.raises(RuleBroken, match="probation"):
        make_plan(cast, keys)
    assert not HandoverPlan.objects.exists() and not Handover.objects.exists()


@pytest.mark.parametrize("who", ["karl", "lena", "kim", "anna", "rita", "adam"])
def test_only_directors_plan(cast, keys, who):
    with pytest.raises(RuleBroken, match="by directors"):
        make_plan(cast, keys, actor=getattr(cast, who))
    plan = make_plan(cast, keys)
    mine = {"actor": getattr(cast, who), "plan_id": plan.pk, "version": plan.version}
    for act, extra in (
        (commands.begin_next, {"reason": "x"}),
        (commands.close_plan, {"reason": "x"}),
        (
            commands.change_plan,
            {"account_ids": [], "spacing_days": 7, "joint_meetings": 1},
        ),
    ):
        with pytest.raises(RuleBroken, match="by directors"):
            act(**mine, **extra)
    assert states(plan) == ["planned", None, None]


def test_what_cannot_be_planned(cast, keys):
    closed = make_key(cast.karl, "Closed")
    Account.objects.filter(pk=closed.pk).update(status="closed")
    theirs = make_key(cast.kim, "Theirs")
    moving = make_key(cast.karl, "Moving")
    handovers.plan_handover(
        actor=cast.dora, account_id=moving.pk, to_user=cast.kim, cause="load",
        planned_for=company_day(),
    )  # fmt: skip
    for fields, words in (
        ({"account_ids": []}, "one to 12"),
        ({"account_ids": [closed.pk]}, "is closed"),
        ({"account_ids": [theirs.pk]}, "theirs already"),
        ({"account_ids": [moving.pk]}, "another plan already"),
        ({"starts_on": company_day() - DAY}, "lies behind us"),
        ({"spacing_days": 0}, "one to 365"),
        ({"joint_meetings": 11}, "no joint meeting and ten"),
        ({"to_user": cast.rita}, "active manager"),
    ):
        with pytest.raises(RuleBroken, match=words):
            make_plan(cast, keys, **fields)
    with pytest.raises(Account.DoesNotExist):
        make_plan(cast, keys, account_ids=[10**9])
    assert not HandoverPlan.objects.exists()


def test_one_plan_for_one_manager_and_one_for_an_account(cast, keys):
    make_plan(cast, keys)
    with pytest.raises(RuleBroken, match="already; change that one"):
        make_plan(cast, [make_key(cast.karl)])
    graded(cast, cast.lena)
    with pytest.raises(RuleBroken, match="Two is in a handover or another plan"):
        make_plan(cast, keys[1:2], to_user=cast.lena)


def test_order_and_rhythm_of_what_is_to_come_change(cast, keys):
    plan = make_plan(cast, keys)
    one, two, three = (row.pk for row in keys)
    changed = commands.change_plan(
        actor=cast.dora, plan_id=plan.pk, version=plan.version, account_ids=[three, two],
        spacing_days=30, joint_meetings=0,
    )  # fmt: skip
    order = list(changed.steps.values_list("account", flat=True))
    assert order == [one, three, two]
    first = plan.steps.get(position=0).handover.planned_for
    days = [step.planned_for for step in changed.steps.filter(handover=None)]
    assert days == commands.rules.dates(first + 30 * DAY, 30, 2)
    with pytest.raises(commands.Conflict):
        commands.change_plan(
            actor=cast.dora, plan_id=plan.pk, version=plan.version, account_ids=[],
            spacing_days=30, joint_meetings=0,
        )  # fmt: skip
    with pytest.raises(RuleBroken):
        commands.change_plan(
            actor=cast.dora, plan_id=plan.pk, version=changed.version, account_ids=[one],
            spacing_days=30, joint_meetings=0,
        )  # fmt: skip


def test_a_closed_plan_begins_nothing(cast, keys):
    plan = make_plan(cast, keys)
    with pytest.raises(RuleBroken, match="Say why"):
        commands.close_plan(actor=cast.dora, plan_id=plan.pk, version=plan.version, reason=" ")
    plan = commands.close_plan(
        actor=cast.dora, plan_id=plan.pk, version=plan.version, reason="moved on"
    )
    accept(plan, 0)
    assert commands.advance_plans(company_day()) == 0
    with pytest.raises(RuleBroken, match="closed"):
        commands.begin_next(actor=cast.dora, plan_id=plan.pk, version=plan.version)
    assert PlanStep.objects.filter(handover=None).count() == 2


def test_load_is_shown_after_each_step(cast, keys):
    plan = make_plan(cast, keys)
    page = queries.plan_page(plan)
    carried = [line.after.load.hours for line in page.lines]
    assert carried == sorted(carried) and carried[0] > page.now.load.hours
    assert [line.after.key for line in page.lines] == [1, 2, 3]
    accept(plan, 0)
    assert queries.plan_page(plan).lines[0].after is None
    assert queries.plan_page(plan).turn == "begin"
