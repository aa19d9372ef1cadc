"""One trial half way and one that was passed: accounts by the picker, days as nights measured."""

import datetime as dt
import uuid
from collections.abc import Sequence

from accounts.choices import AssignmentRole
from accounts.commands import search_texts
from accounts.models import (
    Account,
    Assignment,
    Contact,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from hiring.choices import CandidacyState, CheckInState, GoalKind, ProbationState
from hiring.commands.probation import STARTING_GOALS
from hiring.commands.probation_accounts import freeze, set_accounts
from hiring.commands.probation_decision import plan_weeks
from hiring.commands.probation_limit import install_limits
from hiring.commands.probation_night import write_days
from hiring.models import Candidacy, Evidence, Probation, ProbationGoal, ProbationLimit
from hiring.queries.probation_baseline import days_of, newest_ledger_day
from hiring.queries.probation_picker import candidates, picking
from hiring.queries.probation_progress import measure
from kpi.demo import care
from kpi.demo.field import FieldPlan
from kpi.demo.write import World
from kpi.demo.write.past import event_of
from people.models import Event

GIVEN, BEFORE = 5, 4
DAY = dt.timedelta(days=1)


def write_trials(world: World) -> None:
    """After the first night, which finds what is key and how small the rest is."""
    install_limits()
    _passed(world)
    _half_way(world)


def _half_way(world: World) -> None:
    limit = ProbationLimit.objects.get(country="RU", case="")
    probation = _probation(
        world, care.NEWCOMER, began=care.HALF, limit=limit, days=limit.most_days,
        mentor="oleg_ryabinin", lead="elena_vorontsova", criteria=care.CRITERIA,
    )  # fmt: skip
    ids = _proposed(world, probation)
    if not ids:
        probation.delete()
        return
    _goals(probation, more=[
        {"kind": GoalKind.CONTACT, "target": 40, "weight": 1},
        {"kind": GoalKind.FREE, "title": "План роста двух аккаунтов защищён перед командой", "must": True},
    ])  # fmt: skip
    _freeze(probation, ids)
    _give(world, probation, ids)
    _talk(world, probation, ids, begun=care.HALF, subjects=care.SUBJECTS, every=8, late=True)
    _run(world, probation, until=1, step=3)
    _check_ins(world, probation)
    _evidence(world, probation)
    _record(world, probation, {"started": care.HALF})


def _passed(world: World) -> None:
    if world.days < care.TRIAL_BEGAN + 30:
        return  # a ledger too short to measure by
    probation = _probation(
        world, care.PASSED, began=care.TRIAL_BEGAN, days=care.TRIAL_DAYS, mentor="jonas_weber",
        lead="anna_lindqvist", criteria=care.CRITERIA_PASSED,
        limit=ProbationLimit.objects.get(country="DE", case=""),
    )  # fmt: skip
    as_of = newest_ledger_day(before=probation.starts_on)
    own = [row for row in candidates(probation, as_of) if row.owner_id == probation.user_id]
    ids = [account.pk for account in _best_first(probation, own)[:BEFORE]]
    if not ids:
        probation.delete()
        return
    _goals(probation, more=[{"kind": GoalKind.FREE, "title": "An offer made for one customer"}])
    probation.goals.filter(kind=GoalKind.FREE).update(judged=True)
    _freeze(probation, ids)
    _talk(world, probation, ids, begun=care.TRIAL_BEGAN, subjects=care.SUBJECTS_EN, every=24)
    _run(world, probation, until=care.TRIAL_ENDED, step=7)
    for row in probation.check_ins.all():
        row.state, row.held_on, row.mark = CheckInState.HELD, row.due_on, 3 + row.week % 2
        row.seen_at = _noon(row.due_on)
        row.save()
    probation.state = ProbationState.PASSED
    probation.decided_at = world.at(care.TRIAL_ENDED, 14)
    probation.decided_by = world.users["marina_sokolova"]
    probation.reasons = "Kept all four and won the dairy's labels; the growth goal lies within what chance explains."
    probation.save()
    _record(world, probation, {"started": care.TRIAL_BEGAN, "passed": care.TRIAL_ENDED})


def _probation(
    world: World, key: str, *, began: int, days: int, mentor: str, lead: str, criteria: str,
    limit: ProbationLimit,
) -> Probation:  # fmt: skip
    user = world.users[key]
    start = world.day(began)
    hired = Candidacy.objects.filter(candidate__user=user, state=CandidacyState.HIRED).first()
    return Probation.objects.create(
        user=user, candidacy=hired, state=ProbationState.RUNNING, grade=care.PRACTISED,
        starts_on=start, ends_on=start + (days - 1) * DAY, country=limit.country, limit=limit,
        mentor=world.users[mentor], lead=world.users[lead], criteria=criteria,
        offered_at=world.at(began + 4, 9), accepted_at=world.at(began + 2, 15),
        made_by=world.users["natalia_orlova"], made_at=world.at(began + 9, 11),
    )  # fmt: skip


def _proposed(world: World, probation: Probation) -> list[int]:
    """Of what the picker proposes in the newcomer's region, three that have bought more since and
    two that have not: nobody's trial goes smoothly."""
    found = picking(probation, world.users["marina_sokolova"], shown=60)
    since = Assignment.objects.owners().filter(valid_from__lt=probation.starts_on - 30 * DAY)
    known = set(since.filter(valid_to=None).values_list("account", flat=True))
    near = [
        one.account for one in found.choices
        if one.account.pk in known and one.account.country == probation.country
    ]  # fmt: skip
    ranked = _best_first(probation, near)
    middle = len(ranked) // 2
    chosen = [*ranked[:3], *ranked[max(middle, 3) : max(middle, 3) + GIVEN - 3]]
    return [account.pk for account in chosen]


def _best_first(probation: Probation, accounts: Sequence[Account]) -> list[Account]:
    """By what they have bought since the first day, against a year of theirs."""
    bought = days_of([row.pk for row in accounts], probation.starts_on, probation.ends_on)

    def grown(account: Account) -> float:
        year = float(account.score.revenue) or 1.0
        return sum(float(net) for _day, net in bought[account.pk]) / year

    return sorted(accounts, key=lambda account: (-grown(account), account.pk))


def _goals(probation: Probation, *, more: Sequence[dict]) -> None:
    ProbationGoal.objects.bulk_create(
        ProbationGoal(probation=probation, position=place, **fields)
        for place, fields in enumerate((*STARTING_GOALS, *more))
    )


def _freeze(probation: Probation, ids: list[int]) -> None:
    set_accounts(probation, ids, each=1)
    probation.frozen_on, probation.season = freeze(probation)
    probation.save(update_fields=["frozen_on", "season"])


def _give(world: World, probation: Probation, ids: list[int]) -> None:
    """From the first day the newcomer owns them, and who had them helps on."""
    start, made_at = probation.starts_on, world.at(care.HALF, 6)
    reason = f"Испытательный срок: {probation.user}"
    events = []
    for row in probation.accounts.filter(matched_to=None).select_related("account"):
        former = Assignment.objects.owners().get(account=row.account, valid_to=None)
        former.valid_to = start
        former.save(update_fields=["valid_to"])
        owner, helper = Assignment.objects.bulk_create([
            Assignment(account=row.account, user=probation.user, role=AssignmentRole.OWNER,
                       valid_from=start, made_at=made_at, reason=reason),
            Assignment(account=row.account, user=former.user, role=AssignmentRole.TEAM,
                       valid_from=start, made_at=made_at, function="прежний менеджер"),
        ])  # fmt: skip
        row.former_owner, row.frozen["helper"] = former.user, helper.pk
        row.save(update_fields=["former_owner", "frozen"])
        said = {"user": probation.user_id, "name": str(probation.user), "role": owner.role,
                "start": start.isoformat(), "to": None, "reason": reason, "function": ""}  # fmt: skip
        events.append(event_of(None, "account.assigned", row.account, made_at, said))
    Event.objects.bulk_create(events)
    Account.objects.filter(pk__in=ids).update(owner=probation.user)


def _talk(
    world: World, probation: Probation, ids: list[int], *, begun: int, subjects: Sequence[str],
    every: int, late: bool = False,
) -> None:  # fmt: skip
    """First meetings within five days (`late`: but for the last), then a call or visit at times."""
    numbers = {account.pk: index for index, account in enumerate(world.accounts)}
    fields = {field.index: field for field in world.fields}
    last = max((world.today - probation.ends_on).days, 0)
    plans = []
    for place, pk in enumerate(ids):
        people = _people(world, fields.get(numbers[pk]), begun)
        first = begun - 1 - (8 if late and place == len(ids) - 1 else place % 4)
        for number, ago in enumerate(range(first, last, -every)):
            if people:
                subject = subjects[number % len(subjects)]
                plans.append((pk, people[number % len(people)], ago, number, subject))
    rows = [_touchpoint(world, probation, *plan) for plan in plans]
    Touchpoint.objects.bulk_create(rows)
    TouchpointContact.objects.bulk_create(
        TouchpointContact(touchpoint=row, contact=plan[1], position=0)
        for row, plan in zip(rows, plans, strict=True)
    )
    TouchpointColleague.objects.bulk_create(
        TouchpointColleague(touchpoint=row, colleague=probation.user) for row in rows
    )


def _people(world: World, field: FieldPlan | None, since: int) -> list[Contact]:
    """Who was there from the first day of the trial until now."""
    return [] if field is None else [
        world.contacts[field.index, who] for who, person in enumerate(field.people)
        if person.name and person.until is None and person.since > since
    ]  # fmt: skip


def _workday(world: World, ago: int) -> int:
    return ago + max(0, world.day(ago).weekday() - 4)


def _touchpoint(
    world: World, probation: Probation, account: int, contact: Contact, ago: int, number: int,
    subject: str,
) -> Touchpoint:  # fmt: skip
    is_visit = number % 3 != 1
    at = world.at(_workday(world, ago), 8 + number % 5, 30)
    return Touchpoint(
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"severpack {world.seed} trial {account} {number}"),
        account_id=account, channel="meeting" if is_visit else "call", at=at,
        minutes=45 if is_visit else 15, subject=subject, tone=number % 2, author=probation.user,
        recorded_at=at + dt.timedelta(hours=1),
        search_text=search_texts.of_touchpoint(subject, "", ""),
    )  # fmt: skip


def _run(world: World, probation: Probation, *, until: int, step: int) -> None:
    """The days that nights have measured, every `step`-th of them and the last."""
    plan_weeks(probation)
    last = (world.today - probation.starts_on).days
    for ago in [*range(last, until, -step), until]:
        write_days(measure(probation, world.day(ago)), world.day(ago))


def _check_ins(world: World, probation: Probation) -> None:
    for row, said in zip(probation.check_ins.order_by("week"), care.TALKS, strict=False):
        if row.due_on >= world.today:
            return
        row.state, row.held_on, row.mark = CheckInState.HELD, row.due_on, said.mark
        row.newcomer_words, row.mentor_words = said.newcomer, said.mentor
        row.lead_words, row.agreed = said.lead, said.agreed
        row.seen_at = _noon(row.due_on + DAY)
        row.save()


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12, tzinfo=dt.UTC))


def _evidence(world: World, probation: Probation) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            probation=probation, kind=kind, on=world.day(ago), text=text,
            author=world.users[author], written_at=world.at(ago, 16),
        )
        for ago, kind, author, text in care.EVIDENCE
    )  # fmt: skip


def _record(world: World, probation: Probation, days: dict[str, int]) -> None:
    recruiter, director = probation.made_by, world.users["marina_sokolova"]
    name = {"name": str(probation.user)}
    given = {"accounts": probation.accounts.filter(matched_to=None).count()}
    steps = [
        (recruiter, "drafted", probation.made_at, name),
        (director, "accounts_chosen", probation.offered_at - DAY, given),
        (director, "offered", probation.offered_at, {}),
        (probation.user, "accepted", probation.accepted_at, {}),
        (None, "started", world.at(days["started"], 6), {}),
    ]
    if "passed" in days:
        steps.append((director, "passed", probation.decided_at, {}))
    Event.objects.bulk_create(
        event_of(actor, f"probation.{verb}", probation, at, data) for actor, verb, at, data in steps
    )
