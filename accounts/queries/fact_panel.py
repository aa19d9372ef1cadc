"""What is known about one person at one account, as a page shows it: today or on any past day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Confidence, Fact, Power
from accounts.models import Account, Contact, FieldSettings, Observation, Touchpoint
from accounts.queries.fact_words import HELP, behaviour_of, label_of
from accounts.queries.facts import FactNow, facts_now, newest
from accounts.queries.ties import TieNow, ties_of
from accounts.rules import facts as rule
from common import formats
from people.models import User

MOST_HISTORY = 100
LEVELS = (Fact.LEVEL, Fact.LEVEL_WANTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; without `now` it was never recorded."""

    fact: str
    name: str
    help: str
    now: FactNow | None = None
    behaviour: str = ""
    confidence: str = ""
    evidence: Touchpoint | None = None

    @property
    def is_known(self) -> bool:
        return self.now is not None and self.now.value != ""


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """What one of ours is to the person."""

    colleague: User
    now: FactNow | None
    wanted: FactNow | None


@dataclass(frozen=True, slots=True)
class Panel:
    account: Account
    contact: Contact
    day: dt.date
    is_past: bool
    may_edit: bool
    lines: tuple[Line, ...]
    own_levels: tuple[OwnLevel, ...]
    sentences: tuple[str, ...]
    stale: int


@dataclass(frozen=True, slots=True)
class Told:
    """One row of a fact's history; `until` is the day another value took over."""

    row: Observation
    label: str
    until: dt.date | None
    is_confirmation: bool
    withdrawn: Observation | None

    @property
    def stands(self) -> bool:
        return self.withdrawn is None


def panel(reader: User, account: Account, contact: Contact, on: dt.date | None = None) -> Panel:
    """All facts about a person; the caller has obtained the account through visible_to."""
    today = timezone.localdate()
    day = on or today
    rows = Observation.objects.filter(account=account, contact=contact)
    known = facts_now(newest(rows, day), day, FieldSettings.current())
    ours = {fact.fact: fact for fact in known if fact.colleague_id is None}
    evidence = Touchpoint.objects.in_bulk({fact.evidence_id for fact in known if fact.evidence_id})
    lines = tuple(_line(fact, ours.get(fact), evidence) for fact in asked(ours))
    is_past = day < today
    return Panel(
        account=account,
        contact=contact,
        day=day,
        is_past=is_past,
        may_edit=not is_past and Account.objects.editable_by(reader).filter(pk=account.pk).exists(),
        lines=lines,
        own_levels=_own_levels(known),
        sentences=_sentences(ours, account, contact, day),
        stale=sum(line.is_known and line.now.is_stale for line in lines),
    )


def asked(known: dict[str, FactNow]) -> list[str]:
    """A wish is asked for where it matters: of those whom deciders trust, or where there is one."""
    power = known[Fact.POWER].value if Fact.POWER in known else ""
    matters = power in (Power.TRUSTED, Power.INNER) or Fact.LEVEL_WANTED in known
    return [fact for fact in Fact.values if matters or fact != Fact.LEVEL_WANTED]


def _line(fact: str, now: FactNow | None, evidence: dict[int, Touchpoint]) -> Line:
    words = {"fact": fact, "name": capfirst(str(Fact(fact).label)), "help": str(HELP[fact])}
    if now is None:
        return Line(**words)
    return Line(
        **words,
        now=now,
        behaviour=behaviour_of(fact, now.value) if now.value else "",
        confidence=str(Confidence(now.confidence).label),
        evidence=evidence.get(now.evidence_id),
    )


def _own_levels(known: Iterable[FactNow]) -> tuple[OwnLevel, ...]:
    found: dict[int, dict[str, FactNow]] = {}
    for fact in known:
        if fact.colleague_id is not None and fact.value:
            found.setdefault(fact.colleague_id, {})[fact.fact] = fact
    users = User.objects.in_bulk(found) if found else {}
    return tuple(
        OwnLevel(users[pk], facts.get(Fact.LEVEL), facts.get(Fact.LEVEL_WANTED))
        for pk, facts in sorted(found.items(), key=lambda pair: users[pair[0]].name)
    )


def _sentences(
    ours: dict[str, FactNow], account: Account, contact: Contact, day: dt.date
) -> tuple[str, ...]:
    level, wanted = ours.get(Fact.LEVEL), ours.get(Fact.LEVEL_WANTED)
    found = []
    if level and level.value:
        found.append(disagreement(level, tie_with_all(account, contact, day), day))
    if wanted and wanted.value:
        found.append(gap(level.value if level else "", wanted.value))
    return tuple(sentence for sentence in found if sentence)


def tie_with_all(account: Account, contact: Contact, day: dt.date) -> TieNow | None:
    """Lived contact between the person and all of us."""
    ties = ties_of(account, day)
    return next((t for t in ties if t.contact_id == contact.pk and t.colleague_id is None), None)


def disagreement(level: FactNow, tie: TieNow | None, day: dt.date) -> str:
    """Where the declared relationship and lived contact do not fit: one sentence; else nothing."""
    strength = tie.strength if tie else 0
    way = rule.disagreement(level.value, strength)
    words = {"level": level.label, "strength": formats.number(round(strength))}
    if way == "stronger":
        return (
            _("You say “%(level)s”, yet lived contact is close: strength %(strength)s of 100.")
            % words
        )
    if way != "weaker":
        return ""
    if tie is None or tie.last_two_way_on is None:
        return _("You say “%(level)s”; no two-way contact is recorded.") % words
    days = max(0, (day - tie.last_two_way_on).days)
    sentence = ngettext(
        "You say “%(level)s”; last two-way contact %(days)s day ago, strength %(strength)s of 100.",
        "You say “%(level)s”; last two-way contact %(days)s days ago,"
        " strength %(strength)s of 100.",
        days,
    )
    return sentence % (words | {"days": formats.number(days)})


def gap(now: str, wanted: str) -> str:
    """How far the wanted relationship is from the present one."""
    steps = rule.level_gap(now, wanted)
    words = {"wanted": label_of(Fact.LEVEL_WANTED, wanted), "steps": formats.number(steps)}
    if not steps:
        return ""
    return (
        ngettext(
            "Wanted: “%(wanted)s”, %(steps)s step up.",
            "Wanted: “%(wanted)s”, %(steps)s steps up.",
            steps,
        )
        % words
    )


def told(account: Account, contact: Contact, fact: str) -> list[Told]:
    """Every row of one fact, newest first, those taken back too."""
    rows = Observation.objects.filter(account=account, contact=contact, fact=fact)
    rows = rows.select_related("author", "colleague", "evidence").order_by("-day", "-pk")
    said = list(rows.filter(retracts=None)[:MOST_HISTORY])
    backs = Observation.objects.retractions().filter(retracts__in=[row.pk for row in said])
    withdrawn = {back.retracts_id: back for back in backs.select_related("author")}
    found, until = [], {}
    for row in said:
        back = withdrawn.get(row.pk)
        later = until.get(row.colleague_id)
        confirmed = row.confirms_id is not None
        found.append(Told(row, label_of(fact, row.value), later, confirmed, back))
        if back is None:
            until[row.colleague_id] = row.day
    return found


def people_of(account: Account) -> Iterable[Contact]:
    """Everybody who holds or held a place at the account."""
    return Contact.objects.present().filter(positions__account=account).distinct()


def touchpoints_with(account: Account, contact: Contact, limit: int = 20) -> list[int]:
    """What an observation may stand on: the latest talks the person took part in."""
    rows = Touchpoint.objects.done().filter(account=account, presences__contact=contact)
    return list(rows.order_by(F("at").desc(), "-pk").values_list("pk", flat=True)[:limit])
