import datetime as dt
from decimal import Decimal

import pytest

from accounts.choices import PolicyState
from accounts.commands import policy as commands
from accounts.models import Criterion, Policy
from common.errors import RuleBroken
from common.models import Job
from people.models import Event
from tests.races import two_at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
RULES = {"cut_a": Decimal(70), "cut_b": Decimal(90), "cap": 12}


@pytest.fixture
def draft(cast):
    return commands.draft_policy(actor=cast.dora, name="Fewer keys", rules=RULES)


def test_a_draft_keeps_its_rules_and_says_who_made_it(cast, draft):
    draft.refresh_from_db()
    assert (draft.cut_a, draft.cap, draft.state) == (70, 12, PolicyState.DRAFT)
    assert Event.objects.about(draft).get().actor == cast.dora


def test_only_the_director_drafts_edits_drops_and_adopts(cast, draft):
    for actor in (cast.karl, cast.lena, cast.anna, cast.adam, cast.sam):
        with pytest.raises(RuleBroken):
            commands.draft_policy(actor=actor, name="x", rules=RULES)
        with pytest.raises(RuleBroken):
            commands.edit_draft(actor=actor, draft=draft, name="x", rules=RULES)
        with pytest.raises(RuleBroken):
            commands.drop_draft(actor=actor, draft=draft)
        with pytest.raises(RuleBroken):
            commands.adopt_policy(actor=actor, policy=draft, note="x", day=DAY)
    assert Policy.objects.get().name == "Fewer keys"


@pytest.mark.parametrize(
    "rules",
    [
        {"cut_a": Decimal(95), "cut_b": Decimal(80)},
        {"cut_a": Decimal(80), "cut_b": Decimal(80)},
        {"cut_a": Decimal(0), "cut_b": Decimal(80)},
        {"cut_a": Decimal(80), "cut_b": Decimal(101)},
        {"accounts_per_kam": Decimal(0)},
    ],
)
def test_rules_that_make_no_sense_are_refused_and_nothing_is_kept(cast, rules):
    with pytest.raises(RuleBroken):
        commands.draft_policy(actor=cast.dora, name="x", rules=rules)
    assert not Policy.objects.exists()
    assert not Event.objects.exists()


def test_editing_a_draft_records_what_changed(cast, draft):
    commands.edit_draft(
        actor=cast.dora, draft=draft, name="Fewer keys", rules={"cap": 9, "cut_a": Decimal(70)}
    )
    assert Policy.objects.get().cap == 9
    event = Event.objects.about(draft).first()
    assert (event.verb, event.data) == ("policy.edited", {"changes": {"cap": [12, 9]}})


def test_adopting_retires_the_former_policy_and_starts_the_nights_work(cast, draft):
    first = commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    second = commands.adopt_policy(
        actor=cast.dora,
        policy=commands.draft_policy(actor=cast.dora, name="Wider", rules={}),
        note="Five new countries",
        day=DAY,
    )
    first.refresh_from_db()
    assert (first.state, second.state) == (PolicyState.RETIRED, PolicyState.ADOPTED)
    assert Policy.objects.adopted_on(DAY).first() == second
    assert not Policy.objects.filter(state=PolicyState.DRAFT).exists()
    job = Job.objects.get()
    assert (job.name, job.key) == ("kpi.jobs.recompute", "recompute:2026-11-20")
    assert Event.objects.about(second).get().data["former"] == first.pk


def test_a_former_policy_is_adopted_again_as_a_new_row(cast, draft):
    first = commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    commands.adopt_policy(actor=cast.dora, policy=Policy(name="Wider"), note="Try", day=DAY)
    first.refresh_from_db()
    again = commands.adopt_policy(actor=cast.dora, policy=first, note="Back", day=DAY)
    assert again.pk != first.pk
    assert (again.cut_a, again.cap, again.note) == (70, 12, "Back")
    assert Policy.objects.adopted_on(DAY).first() == again


def test_adoption_without_a_note_changes_nothing(cast, draft):
    with pytest.raises(RuleBroken):
        commands.adopt_policy(actor=cast.dora, policy=draft, note="  ", day=DAY)
    draft.refresh_from_db()
    assert draft.state == PolicyState.DRAFT
    assert not Job.objects.exists()


def test_the_policy_in_force_is_not_adopted_twice(cast, draft):
    adopted = commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    with pytest.raises(RuleBroken):
        commands.adopt_policy(actor=cast.dora, policy=adopted, note="Again", day=DAY)
    with pytest.raises(RuleBroken):
        commands.edit_draft(actor=cast.dora, draft=adopted, name="x", rules={})
    assert Policy.objects.count() == 1


def test_a_dropped_draft_is_gone_and_an_adopted_policy_cannot_be_dropped(cast, draft):
    adopted = commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    with pytest.raises(RuleBroken):
        commands.drop_draft(actor=cast.dora, draft=adopted)
    other = commands.draft_policy(actor=cast.dora, name="Other", rules={})
    commands.drop_draft(actor=cast.dora, draft=other)
    assert list(Policy.objects.all()) == [adopted]


def test_the_job_wakes_only_after_commit(cast, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    assert len(callbacks) == 1


def test_rules_that_are_in_force_already_are_not_adopted_again_under_another_name(cast, draft):
    commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    same = commands.draft_policy(actor=cast.dora, name="Other name", rules=RULES)
    with pytest.raises(RuleBroken):
        commands.adopt_policy(actor=cast.dora, policy=same, note="Again", day=DAY)
    assert Policy.objects.filter(state=PolicyState.DRAFT).get() == same


def test_a_weight_said_aloud_is_no_new_rule(cast, draft):
    Criterion.objects.create(code="growth", names={"en": "Growth"}, weight=2)
    commands.adopt_policy(actor=cast.dora, policy=draft, note="Start", day=DAY)
    same = commands.draft_policy(
        actor=cast.dora, name="Other", rules=RULES | {"criteria_weights": {"growth": 2}}
    )
    with pytest.raises(RuleBroken):
        commands.adopt_policy(actor=cast.dora, policy=same, note="Again", day=DAY)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_former", [False, True])
def test_of_two_clicks_at_once_one_adopts(cast, has_former):
    if has_former:
        first = Policy(name="First", made_by=cast.dora)
        commands.adopt_policy(actor=cast.dora, policy=first, note="n", day=DAY)

    def adopt() -> None:
        tried = Policy(name="Tried", made_by=cast.dora, **RULES)
        commands.adopt_policy(actor=cast.dora, policy=tried, note="n", day=DAY)

    assert two_at_once(adopt) == ["done", "refused"]
    assert Policy.objects.filter(state=PolicyState.ADOPTED).count() == 1
