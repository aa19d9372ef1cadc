"""The account's file: what each section says, since when, from where; how full and how fresh."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import DossierSection
from accounts.models import Account, AccountScore, DossierEntry, FieldSettings
from accounts.rules import dossier as rule
from accounts.rules import facts as age_rule
from common import formats
from common.why import Why
from people.models import User

S = DossierSection
MOST_HISTORY = 60

HELP = {
    S.FIGURES: gettext_lazy("Turnover, people, sites, and how they move."),
    S.HISTORY: gettext_lazy("Who founded or bought them, what we went through together."),
    S.STRATEGY: gettext_lazy("Where they want to be in three years, and what they will not do."),
    S.MARKET: gettext_lazy("Whom they sell to, their share, who presses them."),
    S.BUDGET: gettext_lazy("What they spend on what we sell, who grants it, when it is decided."),
    S.GOALS: gettext_lazy("What they are measured by this year."),
    S.NEEDS: gettext_lazy("What they lack, in their own words."),
    S.PLANS: gettext_lazy("What is decided and dated: sites, products, people."),
    S.COMPETITORS: gettext_lazy("Who else supplies them, with what, and roughly how much."),
}
ASK = {
    S.FIGURES: gettext_lazy("How did last year close, and what is expected of this one?"),
    S.HISTORY: gettext_lazy("How did you come to work with suppliers the way you do?"),
    S.STRATEGY: gettext_lazy("What should be different here in three years?"),
    S.MARKET: gettext_lazy("Who takes customers from you, and from whom do you win them?"),
    S.BUDGET: gettext_lazy("When is next year's budget decided, and who has a say in it?"),
    S.GOALS: gettext_lazy("What will you be measured by this year?"),
    S.NEEDS: gettext_lazy("What costs you the most time or trouble at the moment?"),
    S.PLANS: gettext_lazy("What changes are already decided for the coming year?"),
    S.COMPETITORS: gettext_lazy("Who else do you buy this from, and roughly how much?"),
}


@dataclass(frozen=True, slots=True)
class EntryNow:
    """What a section, or one competitor in it, says on a day."""

    entry: DossierEntry
    share: float
    is_stale: bool


@dataclass(frozen=True, slots=True)
class SectionNow:
    section: str
    name: str
    help: str
    ask: str
    is_required: bool
    holds_many: bool
    entries: tuple[EntryNow, ...]
    gone: tuple[DossierEntry, ...]

    @property
    def is_known(self) -> bool:
        return bool(self.entries or self.gone)

    @property
    def is_stale(self) -> bool:
        return any(item.is_stale for item in self.entries)


@dataclass(frozen=True, slots=True)
class Said:
    """An entry, and the row that takes it back, if one does."""

    entry: DossierEntry
    withdrawn: DossierEntry | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A section that says nothing, or is past its shelf life, and a question that would fill it."""

    section: str
    name: str
    question: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """`complete` and `fresh` are (so many, of so many); they are never averaged."""

    account: Account
    day: dt.date
    is_past: bool
    may_edit: bool
    sections: tuple[SectionNow, ...]
    complete: tuple[int, int]
    fresh: tuple[int, int]
    complete_why: Why
    fresh_why: Why
    gaps: tuple[Gap, ...]


def dossier(reader: User, account: Account, on: dt.date | None = None) -> Dossier:
    """The file as of a day; the caller has obtained the account through visible_to."""
    today = timezone.localdate()
    day = on or today
    tier = tier_of(account)
    sections = sections_of(account, day, tier)
    stale = {item.section: item.is_stale for item in sections if item.is_known}
    complete = rule.completeness(stale, tier)
    fresh = rule.freshness(stale)
    is_past = day < today
    return Dossier(
        account=account,
        day=day,
        is_past=is_past,
        may_edit=not is_past and Account.objects.editable_by(reader).filter(pk=account.pk).exists(),
        sections=sections,
        complete=complete,
        fresh=fresh,
        complete_why=_complete_why(sections, complete, tier),
        fresh_why=_fresh_why(sections, fresh),
        gaps=_gaps(stale, tier)[:3],
    )


def dossier_gaps(account: Account, limit: int = 3) -> tuple[Gap, ...]:
    """Questions worth asking: they would fill what the file lacks, or renew what is old."""
    tier = tier_of(account)
    sections = sections_of(account, timezone.localdate(), tier)
    stale = {item.section: item.is_stale for item in sections if item.is_known}
    return _gaps(stale, tier)[:limit]


def tier_of(account: Account) -> str:
    tiers = AccountScore.objects.filter(account=account).values_list("tier", flat=True)
    return tiers.first() or "N"


def sections_of(account: Account, day: dt.date, tier: str) -> tuple[SectionNow, ...]:
    """All nine in the order they are read; two queries."""
    shelf = FieldSettings.current().shelf_days
    days = age_rule.shelf_days(shelf, "dossier", tier)
    rows = DossierEntry.objects.filter(account=account, day__lte=day).standing().newest()
    by_section: dict[str, list[DossierEntry]] = {}
    for row in rows.select_related("author"):
        by_section.setdefault(row.section, []).append(row)
    required = rule.required_sections(tier)
    found = []
    for section in S:
        said = sorted(by_section.get(section, []), key=lambda row: row.title.casefold())
        entries = tuple(_entry(row, day, days) for row in said if not row.is_gone)
        found.append(
            SectionNow(
                section=str(section),
                name=capfirst(str(section.label)),
                help=str(HELP[section]),
                ask=str(ASK[section]),
                is_required=section in required,
                holds_many=rule.holds_many(section),
                entries=entries,
                gone=tuple(row for row in said if row.is_gone),
            )
        )
    return tuple(found)


def _entry(row: DossierEntry, day: dt.date, shelf: int) -> EntryNow:
    age = age_rule.age_days(row.day, day)
    return EntryNow(row, age_rule.ring_share(age, shelf), age_rule.is_stale(age, shelf))


def _gaps(stale: dict[str, bool], tier: str) -> tuple[Gap, ...]:
    return tuple(
        Gap(section, capfirst(str(S(section).label)), str(ASK[section]), section not in stale)
        for section in rule.gaps(stale, tier)
    )


def _complete_why(sections: tuple[SectionNow, ...], complete: tuple[int, int], tier: str) -> Why:
    missing = [s.name for s in sections if s.is_required and not s.is_known]
    words = {"have": formats.number(complete[0]), "required": formats.number(complete[1])}
    sentence = _("%(have)s of the %(required)s sections expected of its tier say something.")
    if missing:
        sentence += " " + _("Missing: %(names)s.")
        words["names"] = ", ".join(missing)
    return Why(sentence=sentence % words, inputs=((_("Tier"), tier if tier != "N" else "—"),))


def _fresh_why(sections: tuple[SectionNow, ...], fresh: tuple[int, int]) -> Why:
    if not fresh[1]:
        return Why(sentence=_("Nothing is recorded, so nothing can be fresh or old."))
    old = [section.name for section in sections if section.is_stale]
    words = {"fresh": formats.number(fresh[0]), "known": formats.number(fresh[1])}
    sentence = _("%(fresh)s of the %(known)s sections that say something are within shelf life.")
    if old:
        sentence += " " + _("To confirm: %(names)s.")
        words["names"] = ", ".join(old)
    return Why(sentence=sentence % words)


def newest_entry(account_id: int, section: str, title: str = "") -> DossierEntry | None:
    """What the section says today; in a section of many, what stands under the title."""
    rows = DossierEntry.objects.filter(account=account_id, section=section).standing()
    if rule.holds_many(section):
        rows = rows.filter(title__iexact=title)
    return rows.select_related("author").order_by("-day", "-pk").first()


def entries_of(account: Account, section: str) -> list[Said]:
    """Everything ever said in a section, newest first, with who took it back."""
    rows = DossierEntry.objects.filter(account=account, section=section, retracts=None)
    said = list(rows.select_related("author").order_by("-day", "-pk")[:MOST_HISTORY])
    backs = DossierEntry.objects.retractions().filter(retracts__in=[row.pk for row in said])
    withdrawn = {back.retracts_id: back for back in backs.select_related("author")}
    return [Said(row, withdrawn.get(row.pk)) for row in said]
