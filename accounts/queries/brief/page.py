"""The whole brief, put together."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Account, ContactRole, CoverageRule, Task, Touchpoint
from accounts.queries.brief import parts, rows, words
from accounts.queries.brief.changes import MOST as MOST_CHANGES
from accounts.queries.brief.changes import Change, changes_of, shown
from accounts.queries.brief.parts import Due, Guest, Orders, Section, Unmet
from accounts.queries.brief.words import Item, Question
from accounts.queries.timeline import ICONS
from accounts.rules import brief as rules
from people.models import User

MOST_TASKS, MOST_PROMISES = 5, 8


@dataclass(frozen=True)
class Told:
    """A touchpoint of the past with the names of those who took part."""

    touchpoint: Touchpoint
    who: list[str]

    @property
    def icon(self) -> str:
        return ICONS[self.touchpoint.channel]


@dataclass(frozen=True)
class Brief:
    """`touchpoint` is the planned one it prepares; `coming` who takes part, or who matters most."""

    account: Account
    touchpoint: Touchpoint | None
    planned: list[Told]
    coming: list[Guest]
    others: list[Guest]
    is_chosen: bool
    rows: rows.Rows
    changes: list[Change]
    more_changes: int
    told: list[Told]
    promises: list[Due]
    more_promises: int
    orders: Orders | None
    tasks: list[Task]
    more_tasks: int
    holes: list[ContactRole]
    sections: list[Section]
    gaps: list[Section]
    questions: list[Question]
    checklist: list[Item]

    @property
    def missing(self) -> list[Section]:
        return [section for section in self.gaps if not section.entries]

    @property
    def aged(self) -> list[Section]:
        return [section for section in self.gaps if section.entries]

    @property
    def known(self) -> list[Section]:
        return [section for section in self.sections if section.entries]

    @property
    def tick_key(self) -> str:
        """Under which the device keeps what was ticked: of this meeting alone."""
        return f"brief:{self.account.pk}:{self.touchpoint.pk if self.touchpoint else ''}"


def brief_of(
    reader: User,
    account: Account,
    *,
    currency: str,
    touchpoint_id: int | None = None,
    people: Iterable[int] = (),
) -> Brief:
    """`account` came from rows.account_for; who is not of the account is ignored.

    The participants of a planned touchpoint come unless `people` says otherwise.
    """
    read = rows.read(reader, account, touchpoint_id)
    touchpoint = next((row for row in read.planned if row.pk == touchpoint_id), None)
    wanted = list(people) or (read.present.get(touchpoint.pk, []) if touchpoint else [])
    guests = parts.guests_of(read, wanted)
    coming = [guest for guest in guests if guest.is_coming]
    orders = parts.orders_of(read)
    due = parts.open_promises(read)
    sections = parts.sections_of(read)
    gaps = parts.gaps_of(sections, read.tier)
    holes = parts.holes_of(read)
    unmet = parts.unmet_of(read)
    changes = changes_of(read, orders, currency)
    present = coming or [guest for guest in guests if guest.power][: parts.KEY_GUESTS]
    return Brief(
        account=account,
        touchpoint=touchpoint,
        planned=_told(read, read.planned),
        coming=present,
        others=[guest for guest in guests if not guest.is_coming][: parts.MOST_OTHERS],
        is_chosen=bool(coming),
        rows=read,
        changes=shown(changes),
        more_changes=max(0, len(changes) - MOST_CHANGES),
        told=_told(read, read.recent),
        promises=due[:MOST_PROMISES],
        more_promises=max(0, len(due) - MOST_PROMISES),
        orders=orders,
        tasks=read.tasks[:MOST_TASKS],
        more_tasks=max(0, len(read.tasks) - MOST_TASKS),
        holes=holes,
        sections=sections,
        gaps=gaps,
        questions=_questions(guests, due, holes, gaps, unmet, orders),
        checklist=words.checklist(touchpoint, coming, due, len(changes), ", ".join(read.bought)),
    )


def _told(read: rows.Rows, touchpoints: list[Touchpoint]) -> list[Told]:
    return [
        Told(row, [read.names[pk] for pk in read.present.get(row.pk, []) if read.names[pk]])
        for row in touchpoints
    ]


def _questions(
    guests: list[Guest],
    due: list[Due],
    holes: list[ContactRole],
    gaps: list[Section],
    unmet: list[Unmet],
    orders: Orders | None,
) -> list[Question]:
    situation = rules.Situation(
        promises=tuple(rules.Promised(d.promise.pk, d.promise.is_ours, d.late) for d in due),
        guests=tuple(_weighed(guest) for guest in guests),
        holes=tuple(role.code for role in holes),
        gaps=tuple(rules.Gap(s.code, s.age, s.is_stale) for s in gaps),
        unmet=tuple(_asked(one.rule) for one in unmet),
        silent_days=orders.silent_days if orders and orders.is_unusual else None,
        change=orders.change if orders else None,
    )
    known = words.Known(
        promises={d.promise.pk: d for d in due},
        guests={guest.id: guest for guest in guests},
        roles={role.code: role for role in holes},
        sections={section.code: section for section in gaps},
        unmet={one.rule.pk: one for one in unmet},
        orders=orders,
    )
    return [words.question(ask, known) for ask in rules.questions(situation)]


def _asked(rule: CoverageRule) -> rules.Unmet:
    asks_access = not rule.strength and int(rule.access or 0) > 0
    return rules.Unmet(rule.pk, asks_access, rule.colleagues, rule.importance)


def _weighed(guest: Guest) -> rules.Guest:
    stance = guest.stance
    return rules.Guest(
        id=guest.id,
        power=guest.power,
        stance=int(stance.value) if stance else 0,
        stance_age=stance.age_days if stance else None,
        is_stance_stale=bool(stance and stance.is_stale),
        strength=guest.tie.strength if guest.tie else 0,
        is_coming=guest.is_coming,
    )
