"""The invitation calculator of a session: who will come of those asked, and how many more to ask.

Nothing here is stored: it is reckoned from past places and from the answers of this minute.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils import timezone

from hiring.choices import CandidacyState, SeatState, SessionState
from hiring.models import HiringSettings, Seat, Session
from hiring.models.session import ATTENDED, OPEN
from hiring.rules import invitations as rule
from hiring.rules import show

# The newest places tell most; older ones were of other vacancies and years.
PAST = 2_000
KNOWN = (SeatState.CAME, SeatState.LATE, SeatState.NO_SHOW)
GONE = (SeatState.DECLINED, SeatState.CANCELLED)


def past(before: dt.datetime | None = None) -> list[show.Seen]:
    """Places of sessions that are over, newest first, of the whole company.

    Left out: those moved to another session, and those of whom nobody noted whether they came.
    """
    rows = Seat.objects.filter(session__state=SessionState.FINISHED)
    if before:
        rows = rows.filter(session__starts_at__lt=before)
    rows = rows.exclude(state=SeatState.MOVED).order_by("-session__starts_at", "-pk")
    fields = ("state", "invited_at", "booked_at", "confirmed_at", "settled_at")
    found = []
    for state, invited, booked, confirmed, settled, starts, source in rows.values_list(
        *fields, "session__starts_at", "candidacy__source"
    )[:PAST]:
        is_known = state in (*KNOWN, *GONE, SeatState.INVITED, SeatState.WAITING)
        if is_known:
            gone = (settled or starts) if state in GONE else None
            came = state in ATTENDED
            found.append(show.Seen(starts, invited, booked, confirmed, gone, came, source))
    return found


@dataclass(frozen=True)
class Stratum:
    """People of one answer and notice: how many they are and what is known of their kind."""

    reply: str
    notice: str
    size: int
    share: show.Share

    @property
    def group(self) -> rule.Group:
        return rule.Group(self.size, self.share.came, self.share.missed)


@dataclass(frozen=True)
class Evidence:
    """What our own past says: all of it, and on which weak start."""

    rows: list[show.Seen]
    all: show.Share
    prior: show.Share

    @property
    def sessions(self) -> int:
        return len({row.starts for row in self.rows})

    @property
    def is_thin(self) -> bool:
        """Fewer than thirty people: the figure may still move by ten points."""
        return self.all.tries < 30

    def of_newcomers(self, ahead: dt.timedelta, source: str = "") -> show.Share:
        """Somebody asked now, with this much notice; of whom nothing else is known, or the source
        they are from."""
        kind = show.notice(ahead)
        kinds = [lambda row: show.notice(row.starts - row.invited) == kind]
        if source:
            kinds.append(lambda row: row.source == source)
        return show.share_of(self.rows, self.all, *kinds)

    def of(self, reply: str, notice: str, source: str, ahead: dt.timedelta) -> show.Share:
        """Somebody who has answered so by now: as those who had at the same distance."""
        return show.share_of(
            self.rows,
            self.all,
            lambda row: show.reply_at(row, row.starts - ahead) == reply,
            lambda row: show.notice(row.starts - row.invited) == notice,
            lambda row: row.source == source,
        )


def evidence(now: dt.datetime | None = None) -> Evidence:
    own, rows = HiringSettings.current(), past(now)
    prior = show.Share(float(own.prior_came), float(own.prior_missed))
    return Evidence(rows, show.whole(rows, prior.came, prior.missed), prior)


def strata_of(
    session: Session, seats: Iterable[Seat], known: Evidence, now: dt.datetime
) -> list[Stratum]:
    """The people asked to this session in groups that are alike; `seats` with their candidacy."""
    ahead = max(session.starts_at - now, dt.timedelta())
    groups: dict[tuple, int] = {}
    for seat in seats:
        seen = show.Seen(session.starts_at, seat.invited_at, seat.booked_at, seat.confirmed_at)
        reply = show.reply_at(seen, now) or show.SILENT
        notice = show.notice(session.starts_at - seat.invited_at)
        key = (reply, notice, seat.candidacy.source)
        groups[key] = groups.get(key, 0) + 1
    strata: dict[tuple, Stratum] = {}
    for (reply, notice, source), size in sorted(groups.items()):
        share = known.of(reply, notice, source, ahead)
        key = (reply, notice, share)
        before = strata[key].size if key in strata else 0
        strata[key] = Stratum(reply, notice, before + size, share)
    return sorted(strata.values(), key=lambda one: (show.REPLIES.index(one.reply), -one.share.rate))


def figures_of(session: Session, tried: Mapping[str, float] | None = None) -> Session:
    """The session with figures somebody tries out, not saved."""
    copy = replace_fields(session, tried or {})
    copy.minimum = min(copy.minimum, copy.seats)
    return copy


def replace_fields(session: Session, values: Mapping[str, float]) -> Session:
    fields = {field.attname: getattr(session, field.attname) for field in session._meta.fields}
    return Session(**(fields | dict(values)))


def costs_of(session: Session) -> rule.Costs:
    return rule.Costs(float(session.cost_empty), float(session.cost_over))


def guards_of(session: Session) -> rule.Guards:
    return rule.Guards(session.spare, session.too_many_percent / 100, session.minimum)


@dataclass(frozen=True)
class Calculation:
    """Everything the panel shows; `chances` are those after inviting `advice.more` more."""

    session: Session
    invited: int
    strata: list[Stratum]
    newcomers: show.Share
    evidence: Evidence
    advice: rule.Advice
    now: rule.Outlook
    then: rule.Outlook
    chances: list[float]

    @property
    def total(self) -> int:
        return self.invited + self.advice.more

    @property
    def best(self) -> int:
        """How many more would be best if as many waited."""
        return min(self.advice.best, self.advice.cap)


def open_seats(session: Session) -> list[Seat]:
    """Of those who are still under way: who was rejected meanwhile will not come."""
    rows = Seat.objects.filter(
        session=session.pk, state__in=OPEN, candidacy__state=CandidacyState.ACTIVE
    )
    return list(rows.select_related("candidacy"))


def calculate(
    session: Session,
    *,
    tried: Mapping[str, float] | None = None,
    more: int | None = None,
    now: dt.datetime | None = None,
    known: Evidence | None = None,
) -> Calculation:
    """For this session as it stands; `tried` are other figures, `more` another number to invite.

    The caller has obtained the session through visible_to.
    """
    now = now or timezone.now()
    session, known = figures_of(session, tried), known or evidence(now)
    seats = open_seats(session)
    strata = strata_of(session, seats, known, now)
    newcomers = known.of_newcomers(max(session.starts_at - now, dt.timedelta()))
    joining = rule.Group(0, newcomers.came, newcomers.missed)
    groups, guards = [one.group for one in strata], guards_of(session)
    advice = rule.advise(session.seats, groups, joining, costs_of(session), guards)
    if more is not None:
        advice = replace(advice, more=max(0, min(more, rule.MOST)))
    elif advice.is_hopeless:
        advice = replace(advice, more=min(advice.more, 5 * session.seats))
    here = rule.arrivals(groups)
    added = rule.beta_binomial(advice.more, joining.came, joining.missed)
    chances = rule.together([here, added])
    return Calculation(
        session=session,
        invited=len(seats),
        strata=strata,
        newcomers=newcomers,
        evidence=known,
        advice=advice,
        now=rule.outlook(here, session.seats, guards),
        then=rule.outlook(chances, session.seats, guards),
        chances=chances,
    )
