"""An absence next week that is half covered, one handed back, and an account under control."""

import datetime as dt
from collections.abc import Callable

from accounts.choices import AssignmentRole, CoverState, TaskState
from accounts.commands import search_texts
from accounts.commands.control import rules
from accounts.models import (
    Account,
    Assignment,
    Control,
    Cover,
    Task,
)
from accounts.queries.meanwhile import counted
from kpi.demo.company import TALLINN
from kpi.demo.write import World
from kpi.demo.write.past import event_of
from people.choices import AbsenceKind
from people.models import Absence, Event, User

DAY = dt.timedelta(days=1)
PAST, BACK = 30, 16  # days ago: the first away, the first back
LENGTH = 14
CONTROLLED, CONTROL = 24, 60
CONTROL_WHY = "Nobody has ordered for five weeks and two orders were cancelled: I ask them myself what is wrong."
HEARD = "They wait for their own owners; the plant runs two shifts instead of three."
SUMMARY = "Due reclami chiusi, un ordine anticipato; Morandi aspetta il calcolo per la finestra compostabile."


def write_absences(world: World) -> None:
    _handed_back(world)
    _next_week(world)


def _absence(world: World, user: User, start: dt.date, to: dt.date, asked: int) -> Absence:
    row = Absence.objects.create(
        user=user, kind=AbsenceKind.HOLIDAY, valid_from=start, valid_to=to, made_by=user,
        made_at=world.at(asked, 9),
    )  # fmt: skip
    Event.objects.bulk_create([event_of(user, "user.absence_planned", user, row.made_at, {})])
    return row


def _owned(user: User) -> list[Account]:
    """Today, key ones and the largest first."""
    rows = Account.objects.filter(owner=user).exclude(status__in=("closed", "merged"))
    return list(rows.select_related("score").order_by("-score__is_key", "-score__revenue", "pk"))


def _next_week(world: World) -> None:
    """Key accounts and the larger half have somebody; the rest were asked and have not answered."""
    elena = world.users["elena_vorontsova"]
    monday = world.today + (7 - world.today.weekday()) * DAY
    absence = _absence(world, elena, monday, monday + LENGTH * DAY, 11)
    owned = _owned(elena)
    half = (len(owned) + 1) // 2
    for place, account in enumerate(owned):
        key = "oleg_ryabinin" if account.score.is_key else "timur_akhmetov"
        cover = _cover(world, absence, account, world.users[key], asked=8)
        if place < half:
            _agree(world, cover, ago=5 if account.score.is_key else 4)


def _cover(
    world: World, absence: Absence, account: Account, substitute: User, *, asked: int
) -> Cover:
    cover = Cover.objects.create(
        absence=absence, account=account, substitute=substitute, brief=_brief(account)
    )
    _said(world, cover, "asked", absence.user, asked)
    return cover


def _brief(account: Account) -> str:
    """What is open, in the words of who goes."""
    promise = account.promises.open().filter(is_ours=True).order_by("due").first()
    return promise.text if promise else ""


def _said(world: World, cover: Cover, what: str, actor: User | None, ago: int) -> None:
    said = {"name": str(cover.substitute)}
    at = world.at(ago, 11)
    Event.objects.bulk_create([event_of(actor, f"account.cover_{what}", cover.account, at, said)])


def _agree(world: World, cover: Cover, *, ago: int) -> None:
    """With a deputy's rights for exactly the days away."""
    absence = cover.absence
    cover.assignment = Assignment.objects.create(
        account=cover.account, user=cover.substitute, role=AssignmentRole.DEPUTY,
        valid_from=absence.valid_from, valid_to=absence.valid_to, made_by=cover.substitute,
        made_at=world.at(ago, 13), reason=REASONS[absence.user.language](absence.user.name),
    )  # fmt: skip
    cover.state, cover.agreed_at = CoverState.AGREED, world.at(ago, 13)
    cover.save()
    _said(world, cover, "agreed", cover.substitute, ago)


REASONS: dict[str, Callable[[str], str]] = {
    "ru": "Замещает: {}".format,
    "it": "Sostituisce {}".format,
}


def _handed_back(world: World) -> None:
    """Everything was covered, counted and told; it has been read."""
    marco = world.users["marco_bianchi"]
    absence = _absence(world, marco, world.day(PAST), world.day(BACK), PAST + 20)
    for place, account in enumerate(_owned(marco)):
        key = "lucia_herrero" if account.score.is_key or place % 2 else "giulia_ferrante"
        cover = _cover(world, absence, account, world.users[key], asked=PAST + 12)
        _agree(world, cover, ago=PAST + 9)
        cover.state, cover.handed_back_at = CoverState.ENDED, world.at(BACK, 6)
        cover.summary, cover.words = counted(cover), SUMMARY if account.score.is_key else ""
        cover.read_at = world.at(BACK, 9)
        cover.save()
        _said(world, cover, "ended", None, BACK)


def write_control(world: World) -> None:
    """A customer who may be leaving is asked by the director; who answered before helps on."""
    account = world.account(TALLINN)
    if account is None:
        return
    director, former = world.users["marina_sokolova"], world.users["anna_lindqvist"]
    begun, made_at = world.day(CONTROLLED), world.at(CONTROLLED, 9)
    owner = account.assignments.owners().get(valid_to=None)
    owner.valid_to = begun
    owner.save(update_fields=["valid_to"])
    row, _helper = Assignment.objects.bulk_create([
        Assignment(account=account, user=director, role=AssignmentRole.OWNER, valid_from=begun,
                   made_by=director, made_at=made_at, reason=CONTROL_WHY),
        Assignment(account=account, user=former, role=AssignmentRole.TEAM, valid_from=begun,
                   made_by=director, made_at=made_at, function="former manager"),
    ])  # fmt: skip
    Account.objects.filter(pk=account.pk).update(owner=director)
    account.owner = director
    control = Control.objects.create(
        account=account, director=director, former=former, assignment=row, reason=CONTROL_WHY,
        valid_from=begun, valid_to=world.day(CONTROLLED - CONTROL), made_at=made_at,
    )  # fmt: skip
    said = {"user": director.pk, "name": str(director), "until": control.valid_to.isoformat(),
            "reason": CONTROL_WHY}  # fmt: skip
    Event.objects.bulk_create([event_of(director, "account.control_taken", account, made_at, said)])
    _calls(world, control)


def _calls(world: World, control: Control) -> None:
    """A feedback call a week, as the daily step puts them on the list; the last is still open."""
    for week in range(1, rules.week_of(control.valid_from, world.today) + 1):
        due = rules.week_ends(control.valid_from, week)
        is_done = due < world.today
        began = world.at((world.today - due).days + 6, 5)
        title = f"Ask {control.account.name} how it goes: week {week} of personal control"
        Task.objects.create(
            account=control.account, title=title, owner=control.director,
            created_by=control.director, created_at=began, due=due, minutes=15,
            cause=f"control:{control.pk}", state=TaskState.DONE if is_done else TaskState.OPEN,
            settled_at=began + 5 * DAY if is_done else None,
            settled_by=control.director if is_done else None, outcome=HEARD if is_done else "",
            search_text=search_texts.of_task(title),
        )  # fmt: skip
