"""The watch after a handover: what is left of the relationship, the rhythm, the first calls."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.choices import Channel, HandoverState
from accounts.models import (
    CareSettings,
    Contact,
    Handover,
    Position,
    Pulse,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)
from accounts.queries.cadence import cadence_of, people_cadences
from accounts.queries.power import Powerful, powerful_at, strengths_of_power
from accounts.queries.ties import ties_of
from accounts.rules import retention as rules
from common.ids import row_id
from people.choices import Role
from people.models import Membership, RoleGrant, User, company_day, company_zone

SPOKEN = (Channel.MEETING, Channel.VIDEO, Channel.CALL)
# A warning is repeated at most this often.
WARN_EVERY = 14


@dataclass(frozen=True, slots=True)
class PersonWatched:
    """`kept` is None where no tie existed; `in_rhythm` where no rhythm is agreed."""

    contact: Contact
    before: float
    now: float
    is_gone: bool
    every: int | None
    last_on: dt.date | None
    in_rhythm: bool | None

    @property
    def kept(self) -> float | None:
        return self.now / self.before if self.before >= rules.LEAST else None


@dataclass(frozen=True, slots=True)
class Accompanied:
    """First calls of the new manager with a director or the team's lead at their side."""

    held: int
    planned: int
    wanted: int
    proposed: list[Powerful]
    companions: list[User]

    @property
    def missing(self) -> int:
        return max(self.wanted - self.held - self.planned, 0)


@dataclass(frozen=True, slots=True)
class Watch:
    """As of `on`; shares are None where nothing can be said."""

    handover: Handover
    on: dt.date
    day: int
    days: int
    people: list[PersonWatched]
    retained: float | None
    expected: float
    target: float
    in_rhythm: int
    with_rhythm: int

    @property
    def is_below(self) -> bool:
        return self.retained is not None and self.retained < self.expected

    @property
    def is_over(self) -> bool:
        return self.day >= self.days

    @property
    def drawing(self) -> dict[str, int]:
        """Lengths of a line of 100."""
        kept = min(self.retained or 0, 1)
        return {"kept": round(kept * 100), "expected": round(self.expected * 100)}

    @property
    def strengths(self) -> dict[str, float]:
        """As Handover.kept keeps it: without those who have left the customer."""
        return {str(one.contact.pk): one.now for one in self.people if not one.is_gone}

    @property
    def result(self) -> dict:
        """As Handover.result keeps it."""
        return {
            "rule": rules.VERSION, "retained": self.retained, "target": self.target,
            "before": round(sum(one.before for one in self.people if not one.is_gone), 1),
            "now": round(sum(one.now for one in self.people if not one.is_gone), 1),
            "in_rhythm": self.in_rhythm, "with_rhythm": self.with_rhythm, "days": self.day,
        }  # fmt: skip


def baseline_of(handover: Handover) -> dict[str, float]:
    """Kept since acceptance; where it is not, reckoned from the touchpoints until that day."""
    if handover.baseline or handover.accepted_on is None:
        return handover.baseline
    return strengths_of_power(handover.account, handover.accepted_on)


def watch_of(handover: Handover, on: dt.date | None = None) -> Watch | None:
    """None before acceptance. Nine queries whatever the number of people; `account` selected."""
    if handover.accepted_on is None:
        return None
    on = on or company_day()
    settings = CareSettings.current()
    target = settings.retention_target / 100
    until = handover.watch_until or handover.accepted_on + dt.timedelta(days=settings.watch_days)
    day, days = (on - handover.accepted_on).days, (until - handover.accepted_on).days
    people = _people(handover, on)
    there = {str(one.contact.pk): one.now for one in people}
    before = {str(one.contact.pk): one.before for one in people}
    gone = [str(one.contact.pk) for one in people if one.is_gone]
    judged = [one.in_rhythm for one in people if not one.is_gone and one.in_rhythm is not None]
    return Watch(
        handover=handover, on=on, day=day, days=days, people=people,
        retained=rules.retained(before, there, gone), target=target,
        expected=rules.expected(day, days, target),
        in_rhythm=sum(judged), with_rhythm=len(judged),
    )  # fmt: skip


def _people(handover: Handover, on: dt.date) -> list[PersonWatched]:
    baseline = {row_id(pk): value for pk, value in baseline_of(handover).items()}
    contacts = Contact.objects.in_bulk([pk for pk in baseline if pk])
    there = Position.objects.on(on).filter(account=handover.account_id, contact__in=contacts)
    present = set(there.values_list("contact", flat=True))
    ties = {tie.contact_id: tie for tie in ties_of(handover.account, on) if not tie.colleague_id}
    met = _met_days(handover, list(contacts), on)
    rhythm = cadence_of(handover.account, on).every
    own = {row.contact.pk: row.every for row in people_cadences([handover.account_id], on)}
    found = []
    for pk, contact in contacts.items():
        every = own.get(pk, rhythm)
        tie = ties.get(pk)
        found.append(
            PersonWatched(
                contact=contact,
                before=baseline[pk],
                now=round(tie.strength, 1) if tie else 0.0,
                is_gone=pk not in present,
                every=every,
                last_on=max(met.get(pk, ()), default=None),
                in_rhythm=rules.is_rhythm_kept(
                    met.get(pk, ()), every, since=handover.accepted_on, until=on
                ),
            )  # fmt: skip
        )
    return sorted(found, key=lambda one: (-one.before, one.contact.pk))


def _met_days(handover: Handover, ids: list[int], on: dt.date) -> dict[int, list[dt.date]]:
    """Days of contacts of both sides since acceptance."""
    zone = company_zone()
    rows = TouchpointContact.objects.filter(
        contact__in=ids, touchpoint__in=_since(handover).meaningful().values("pk")
    )
    found: dict[int, list[dt.date]] = {}
    for contact, at in rows.values_list("contact", "touchpoint__at"):
        day = at.astimezone(zone).date()
        if day <= on:
            found.setdefault(contact, []).append(day)
    return found


def _since(handover: Handover) -> QuerySet[Touchpoint]:
    begin = dt.datetime.combine(handover.accepted_on, dt.time.min, company_zone())
    return Touchpoint.objects.filter(account=handover.account_id, at__gte=begin)


def companions_of(handover: Handover) -> list[User]:
    """Who may sit beside the new manager: leads of their teams first, then directors."""
    teams = Membership.objects.on(company_day()).filter(user=handover.to_user_id).values("team")
    leads = User.objects.active().filter(teams_led__in=teams)
    directors = User.objects.active().filter(
        pk__in=RoleGrant.objects.filter(role=Role.DIRECTOR).values("user")
    )
    people = {user.pk: user for user in [*leads, *directors.order_by("created_at", "pk")]}
    people.pop(handover.to_user_id, None)
    return list(people.values())


def accompanied_of(handover: Handover) -> Accompanied:
    """Counted from touchpoints since acceptance in which both took part."""
    companions = companions_of(handover)
    ids = [user.pk for user in companions]
    side = TouchpointColleague.objects.filter(touchpoint=OuterRef("pk"))
    rows = _since(handover).filter(
        Exists(side.filter(colleague=handover.to_user_id)),
        Exists(side.filter(colleague__in=ids)),
        channel__in=SPOKEN,
    )
    met = set(rows.values_list("presences__contact", flat=True))
    proposed = [one for one in powerful_at(handover.account) if one.contact.pk not in met]
    return Accompanied(
        held=rows.done().count(), planned=rows.planned().count(),
        wanted=CareSettings.current().accompanied_calls, proposed=proposed, companions=companions,
    )  # fmt: skip


def handover_of(account_id: int, reader: User) -> Handover | None:
    """The newest that was accepted, for those who sell; assistants read none of it."""
    if not reader.sells:
        return None
    rows = Handover.objects.visible_to(reader).filter(account=account_id)
    rows = rows.filter(state__in=(HandoverState.WATCH, HandoverState.CLOSED))
    return rows.select_related("account", "from_user", "to_user").order_by("-pk").first()


def pulses_of(handover: Handover) -> list[Pulse]:
    """Who is asked or was, by day, with their letters."""
    rows = handover.pulses.filter(Q(dropped_at=None) | Q(answered_at__isnull=False))
    return list(rows.select_related("contact").prefetch_related("letters").order_by("day", "pk"))
