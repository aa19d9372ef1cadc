"""Who takes this account: managers in order of what speaks for them, and why.

Names are no secret inside the company; load, grade and absences are: they are said of those whose
they are the reader's to know (themselves, who leads them, directors).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.choices import AssignmentRole
from accounts.models import (
    Account,
    Assignment,
    Contact,
    GateOverride,
    ManagerProfile,
    Position,
)
from accounts.models.coverage import people_led
from accounts.queries.gate import Standing, grade_needed, is_key, standings
from accounts.queries.load import LoadNow, account_load, loads, relationships_at
from accounts.queries.taker_words import part_words
from accounts.queries.ties import kept_ties
from accounts.rules import choice, gate
from accounts.rules import load as load_rules
from accounts.rules.choice import Case, Part
from accounts.rules.gate import Refusal
from common.i18n import language_code
from people.choices import Grade, Role
from people.models import Absence, User, company_day, company_midnight

SOON = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """One reason as a sentence, with what it brings of `most` points; None: it says nothing."""

    part: Part
    words: str
    points: float | None
    most: int


@dataclass(frozen=True, slots=True)
class Taker:
    """`refusal` is why they may not ("" when they may); `now` and `after` only for the reader who
    may know them."""

    user: User
    score: float
    lines: tuple[Line, ...]
    refusal: str = ""
    is_let_through: bool = False
    now: LoadNow | None = None
    after: LoadNow | None = None

    @property
    def may(self) -> bool:
        return not self.refusal

    @property
    def full(self) -> float:
        """The length of the bar: capacity, or the hours with the account where they are more."""
        return max(self.after.load.hours, self.after.load.capacity) if self.after else 0

    @property
    def tone(self) -> str:
        share = self.after and self.after.load.share
        return "cau" if share and share > 1 else "acc"

    @property
    def sentence(self) -> str:
        """The first reasons in one line, for the option of a list."""
        said = [line.words for line in self.lines if line.words]
        return self.refusal or " ".join(said[:2])


@dataclass(frozen=True)
class Known:
    """What is read once for all takers of one account."""

    account: Account
    day: dt.date
    needed: int | None  # None: not a key account
    ties: dict[int, tuple[float, str]]
    languages: list[list[str]]
    standings: dict[int, Standing]
    loads: dict[int, LoadNow]
    profiles: dict[int, ManagerProfile]
    grounds: dict[int, tuple[set, set]]
    away: dict[int, int]
    through: set[int]
    directors: set[int]
    people_count: int


def takers(
    account: Account, reader: User, *, day: dt.date | None = None, role: str = AssignmentRole.OWNER
) -> list[Taker]:
    """Active managers without the present owner, the best first; who may not come last.

    The caller got `account` through visible_to. A constant number of queries.
    """
    day = day or company_day()
    users = User.objects.active().holding(Role.KAM)
    owners = account.assignments.owners().on(day).values("user")
    people = list(users.exclude(pk__in=owners).order_by("name", "pk"))
    known = _read(account, [user.pk for user in people], day, role)
    seen = whose_load(reader, people)
    found = [taker_of(user, known, is_open=user.pk in seen) for user in people]
    return sorted(found, key=lambda one: (not one.may, -one.score, one.user.name, one.user.pk))


def most_points() -> list[tuple[str, int]]:
    """What each part can bring, in words, the weightiest first."""
    words = {
        Part.LOAD: _("room for the work"),
        Part.TIES: _("earlier ties"),
        Part.LANGUAGE: _("languages"),
        Part.GRADE: pgettext("of a manager", "grade"),
        Part.SEGMENT: _("segment"),
        Part.TERRITORY: _("territory"),
        Part.PRESENCE: _("being there in the next thirty days"),
    }
    return [(words[part], choice.WEIGHTS[part]) for part in Part]


def _read(account: Account, ids: Collection[int], day: dt.date, role: str) -> Known:
    at = max(company_midnight(day), timezone.now())
    is_guarded = role in gate.GUARDED and is_key(account)
    through = GateOverride.objects.at(at).filter(account=account)
    profiles = ManagerProfile.objects.filter(user__in=ids)
    return Known(
        account=account,
        day=day,
        needed=grade_needed(account) if is_guarded else None,
        ties=_strongest(account, day),
        languages=_languages(account, day),
        standings=standings(ids, day),
        loads=loads(ids, day),
        profiles={
            row.pk: row for row in profiles.prefetch_related("segments", "territories")
        },
        grounds=grounds_of(ids, day),
        away=days_away(ids, day),
        through=set(through.values_list("user", flat=True)),
        directors=set(User.objects.holding(Role.DIRECTOR).values_list("pk", flat=True)),
        people_count=relationships_at([account.pk], day).get(account.pk, 0),
    )  # fmt: skip


def whose_load(reader: User, people: Iterable[User]) -> set[int]:
    if reader.is_director:
        return {user.pk for user in people}
    return {reader.pk, *people_led(reader).values_list("user", flat=True)}


def _strongest(account: Account, day: dt.date) -> dict[int, tuple[float, str]]:
    """By colleague the strongest tie to one of theirs, with that person's name."""
    best: dict[int, tuple[float, int]] = {}
    for tie in kept_ties(account, day):
        if tie.colleague_id and tie.strength > best.get(tie.colleague_id, (0, 0))[0]:
            best[tie.colleague_id] = (tie.strength, tie.contact_id)
    ids = {contact for _strength, contact in best.values()}
    names = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {pk: (strength, names.get(contact, "")) for pk, (strength, contact) in best.items()}


def _languages(account: Account, day: dt.date) -> list[list[str]]:
    rows = Position.objects.on(day).filter(account=account, contact__merged_into=None)
    known = rows.exclude(contact__name="").order_by()
    found = known.values_list("contact__languages", flat=True)
    return [[language_code(name) for name in names or []] for names in found]


def grounds_of(ids: Collection[int], day: dt.date) -> dict[int, tuple[set, set]]:
    """Segments and territories of the accounts they own."""
    rows = Assignment.objects.owners().on(day).filter(user__in=ids).order_by()
    found: dict[int, tuple[set, set]] = defaultdict(lambda: (set(), set()))
    pairs = rows.values_list("user", F("account__segment"), F("account__territory")).distinct()
    for user, segment, territory in pairs:
        found[user][0].add(segment)
        found[user][1].add(territory)
    return found


def days_away(ids: Collection[int], day: dt.date) -> dict[int, int]:
    """Working days of the next thirty."""
    end = day + SOON
    rows = Absence.objects.filter(user__in=ids, cancelled_at=None)
    rows = rows.filter(valid_from__lt=end, valid_to__gt=day)
    days: dict[int, set] = defaultdict(set)
    for user, first, last in rows.values_list("user", "valid_from", "valid_to"):
        days[user] |= load_rules.working_days(max(first, day), min(last, end))
    return {user: len(found) for user, found in days.items()}


def may_take(user: User, known: Known) -> bool:
    return user.pk in known.through or _refused(user, known) is None


def score_of(user: User, known: Known) -> float:
    """What taker_of scores, without its words: for who chooses one of many."""
    return choice.score(_case(user, known, _after(user, known)))


def _after(user: User, known: Known) -> LoadNow:
    now = known.loads[user.pk]
    return now.taking(account_load(known.account, now.figures, known.people_count))


def taker_of(user: User, known: Known, *, is_open: bool) -> Taker:
    now, after = known.loads[user.pk], _after(user, known)
    case = _case(user, known, after)
    points = choice.points(case)
    words = part_words(case, known.ties.get(user.pk), after if is_open else None)
    lines = tuple(Line(part, words[part], points[part], choice.WEIGHTS[part]) for part in Part)
    refusal = _refusal(user, known)
    let_through = bool(refusal) and user.pk in known.through
    return Taker(
        user=user,
        score=choice.score(case),
        lines=lines,
        refusal="" if let_through else refusal,
        is_let_through=let_through,
        now=now if is_open else None,
        after=after if is_open else None,
    )


def _case(user: User, known: Known, after: LoadNow) -> Case:
    account, profile = known.account, known.profiles.get(user.pk)
    segments, territories = known.grounds[user.pk]
    if profile:
        segments = segments | {row.pk for row in profile.segments.all()}
        territories = territories | {row.pk for row in profile.territories.all()}
    return Case(
        share_after=after.load.share,
        strongest_tie=known.ties.get(user.pk, (0.0, ""))[0],
        spoken=choice.spoken(known.languages, _spoken_by(user, profile)),
        grade=known.standings[user.pk].grade,
        grade_needed=known.needed,
        knows_segment=account.segment_id in segments if account.segment_id else None,
        knows_territory=account.territory_id in territories if account.territory_id else None,
        days_away=known.away.get(user.pk, 0),
    )


def _spoken_by(user: User, profile: ManagerProfile | None) -> list[str]:
    """What the profile says; without one the language they read KAM Hub in."""
    said = (profile and profile.languages) or ([user.language] if user.language else [])
    return [language_code(name) for name in said]


def _refused(user: User, known: Known) -> Refusal | None:
    standing = known.standings[user.pk]
    return gate.refusal(
        role=AssignmentRole.OWNER, is_key=known.needed is not None,
        is_director=user.pk in known.directors,
        grade=standing.grade, on_probation=standing.on_probation, needed=known.needed or 0,
    )  # fmt: skip


def _refusal(user: User, known: Known) -> str:
    refused = _refused(user, known)
    if refused is None:
        return ""
    return {
        Refusal.PROBATION: _("On probation: key accounts come after it."),
        Refusal.UNGRADED: _("Has no grade yet; this key account asks for one."),
        Refusal.GRADE: _("Has a lower grade than this key account asks for: %(grade)s.")
        % {"grade": Grade(known.needed).label if known.needed else ""},
    }[refused]
