"""One account's health as its page tells it: the ring, what made it, its course, what was said."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Account
from common import charts, formats
from kpi.models import Health, HealthDay, HealthOverride, HealthWeights, Judgement
from kpi.queries.health import words
from kpi.queries.health.live import Live, live
from kpi.queries.health.now import HealthNow, of
from kpi.queries.reporting import reporting_day
from kpi.rules.health.score import (
    LEAST_CONFIDENCE,
    PARTS,
    TENTHS,
    USUAL_OVERRIDE,
    Cap,
    Part,
    contributions,
    has,
    whole_points,
)
from people.models import User

COURSE_DAYS = 180
MOST_SAID = 10


@dataclass(frozen=True)
class PartLine:
    """A part with its weight; `value` None: unknown or stale; `brings` in points of the mean."""

    code: Part
    name: str
    weight: int
    value: int | None
    brings: str
    lines: list[words.Line]
    trouble: str
    day: dt.date | None

    @property
    def tone(self) -> str:
        return "grey" if self.value is None else "acc"


@dataclass(frozen=True)
class HealthPage:
    """`sentence` says how the number was made, `holds` why it is below its parts' `total`."""

    account: Account
    now: HealthNow | None
    sentence: str
    computed: str
    total: str
    holds: list[str]
    parts: list[PartLine]
    may_say: bool
    override: HealthOverride | None = None
    judgements: tuple[Judgement, ...] = ()
    chart: dict | None = None
    since: dt.date | None = None


def health_card(reader: User, account: Account, currency: str) -> HealthPage:
    """The account comes from visible_to(reader); as many queries for any account."""
    row = Health.objects.select_related("weights").filter(account=account).first()
    if row is None:
        sentence, may_say = (
            _("Tonight is the first night that scores it."),
            _may_say(reader, account),
        )
        return HealthPage(account, None, sentence, "", "", [], [], may_say)
    now = of([account.pk])[account.pk]
    weights = row.weights or HealthWeights()
    found = live(row, weights.weights)
    return HealthPage(
        account=account,
        now=now,
        sentence=_sentence(now),
        computed="" if row.score is None else points(row.score),
        total=_total(found, weights),
        holds=_holds(row) + _news(row, found),
        parts=_parts(found, weights, now, currency),
        may_say=_may_say(reader, account),
        override=now.override,
    )


def health_page(reader: User, account: Account, currency: str) -> HealthPage:
    """The card with its course and what was said; two queries more."""
    found = health_card(reader, account, currency)
    said = Judgement.objects.standing().filter(account=account) | (
        Judgement.objects.standing().filter(account__merged_into=account)
    )
    days = _course(account)
    return HealthPage(
        **{
            **{name: getattr(found, name) for name in HealthPage.__dataclass_fields__},
            "judgements": tuple(said.select_related("by").order_by("-day", "-id")[:MOST_SAID]),
            "chart": chart(days) if len(days) > 1 else None,
            "since": days[0][0] if days else None,
        }
    )


def points(tenths_of_it: int) -> str:
    """Whole ones, as scores are shown."""
    return formats.number(whole_points(tenths_of_it))


def tenths(value: int) -> str:
    return formats.number(Decimal(value) / TENTHS, 1)


def usual_end() -> dt.date:
    return reporting_day() + dt.timedelta(days=USUAL_OVERRIDE)


def _may_say(reader: User, account: Account) -> bool:
    """The command asks again; this only hides what would be refused."""
    return reader.sells and Account.objects.editable_by(reader).filter(pk=account.pk).exists()


def _sentence(now: HealthNow) -> str:
    values = {"known": now.confidence, "least": LEAST_CONFIDENCE}
    if now.computed is None:
        return _(
            "Only %(known)s %% of what makes health is known and fresh; below %(least)s %% there"
            " is no number."
        ) % values  # fmt: skip
    return _(
        "The mean of what is known and fresh, each part by its weight: %(known)s %% of the weight."
    ) % values  # fmt: skip


def _holds(row: Health) -> list[str]:
    found = []
    if row.cap:
        found.append(words.cap_words(Cap(row.cap)))
    if row.ceiling is not None and row.mean == row.ceiling:
        missing = [words.part_name(part) for part in PARTS if has(row.missing, part)]
        found.append(
            _("Held at %(limit)s until these are known again: %(parts)s.")
            % {"limit": points(row.ceiling), "parts": ", ".join(missing)}
        )
    return found


def _news(row: Health, found: Live | None) -> list[str]:
    """Why the parts make another score than the one that is shown."""
    if found is None or found.score == row.score:
        return []
    if found.score is None:
        return [_("More was recorded since that night; with it there is no number.")]
    words = _("More was recorded since that night; with it the score is %(score)s.")
    return [words % {"score": points(found.score)}]


def _total(found: Live | None, weights: HealthWeights) -> str:
    """What the parts bring together, before a cap or a ceiling."""
    return tenths(sum(_brought(found, weights).values())) if found else ""


def _brought(found: Live, weights: HealthWeights) -> dict[Part, int]:
    return contributions(found.values, dict(zip(PARTS, weights.weights, strict=True)))


def _parts(
    found: Live | None, weights: HealthWeights, now: HealthNow, currency: str
) -> list[PartLine]:
    if found is None:
        return []
    by_part = dict(zip(PARTS, weights.weights, strict=True))
    brought = _brought(found, weights)
    return [
        _part(
            part,
            by_part[part],
            found.parts.get(part, {}),
            brought.get(part),
            now.sources.get(part),
            currency,
        )
        for part in PARTS
    ]


def _part(
    part: Part, weight: int, told: dict, brings: int | None, shared: dt.date | None, currency: str
) -> PartLine:
    """`shared`: the day of a source that all accounts have in common."""
    value, day = told.get("value"), told.get("day")
    trouble = ""
    if value is None:
        trouble = words.unknown_words(part)
        if "stale" in told:
            stale = _("Too old to count: its source ends on %(day)s.")
            trouble = stale % {"day": formats.day(dt.date.fromisoformat(day))}
    return PartLine(
        code=part,
        name=words.part_name(part),
        weight=weight,
        value=value,
        brings="" if brings is None else tenths(brings),
        lines=words.lines_of(part, told.get("inputs", {}), currency),
        trouble=trouble,
        day=dt.date.fromisoformat(day) if day else shared,
    )


def _course(account: Account) -> list[tuple[dt.date, int | None]]:
    """Days and scores (tenths) of half a year, each held until the next; one query."""
    until = reporting_day()
    start = until - dt.timedelta(days=COURSE_DAYS)
    rows = dict(
        HealthDay.objects.filter(account=account, day__lte=until).values_list("day", "score")
    )
    if not rows:
        return []
    found: list[tuple[dt.date, int | None]] = []
    day, score = min(rows), None
    while day <= until:
        score = rows.get(day, score)
        if day >= start:
            found.append((day, score))
        day += dt.timedelta(days=1)
    return found


def chart(days: list[tuple[dt.date, int | None]]) -> dict:
    line = [(day, None if score is None else whole_points(score)) for day, score in days]
    series = {"name": _("Health"), "points": line}
    return charts.trend([series], from_zero=True, decimals=0)
