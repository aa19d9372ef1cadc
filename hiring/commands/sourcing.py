"""The circles of a vacancy's search: laid out, opened in order or early, filled with companies."""

import re
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import firms
from common.errors import RuleBroken
from hiring.choices import TierKind
from hiring.commands.candidate_bulk import add_candidacies
from hiring.models import SearchTier, TargetCompany, Vacancy
from hiring.queries.off_limits import off_limits_by_name
from hiring.queries.sourcing import known_people, sourcing_of
from people import verbs
from people.commands import record
from people.models import Event, User

MOST_LINES = 500
PARTS = re.compile(r"\s*[;\t|]\s*")

verbs.register(
    {
        "vacancy.tiers_laid": gettext_lazy("Search tiers laid out"),
        "vacancy.tier_opened": gettext_lazy("A search tier opened"),
        "vacancy.tier_opened_early": gettext_lazy("A search tier opened early: %(because)s"),
        "vacancy.tier_closed": gettext_lazy("The opening of a search tier taken back"),
        "vacancy.tier_edited": gettext_lazy("A search tier changed"),
        "vacancy.companies_added": gettext_lazy("Target companies added"),
        "vacancy.company_removed": gettext_lazy("Target company removed: %(name)s"),
    }
)


@dataclass(frozen=True)
class Pasted:
    """What became of pasted lines: added, there already, and refused as off limits."""

    added: list[TargetCompany] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def _vacancy(vacancy_id: int, actor: User) -> Vacancy:
    rows = Vacancy.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.get(pk=vacancy_id)


def _tier(tier_id: int, actor: User) -> SearchTier:
    """The tier with its vacancy locked; SearchTier.DoesNotExist when it is not the actor's."""
    tier = SearchTier.objects.visible_to(actor).select_related("vacancy").get(pk=tier_id)
    if not Vacancy.objects.editable_by(actor).filter(pk=tier.vacancy_id).exists():
        raise SearchTier.DoesNotExist
    _vacancy(tier.vacancy_id, actor)
    return SearchTier.objects.select_related("vacancy").get(pk=tier_id)


@transaction.atomic
def install_tiers(*, actor: User | None, vacancy: Vacancy) -> list[SearchTier]:
    """The three circles in their order, the first one open; those there are stay as they are."""
    if actor is not None:
        _vacancy(vacancy.pk, actor)
    known = set(vacancy.search_tiers.values_list("kind", flat=True))
    if known:
        return list(vacancy.search_tiers.all())
    now = timezone.now()
    made = [
        SearchTier.objects.create(
            vacancy=vacancy, kind=kind, position=place,
            opened_at=None if place else now, opened_by=None if place else actor,
        )
        for place, kind in enumerate(TierKind)
    ]  # fmt: skip
    record(actor=actor, verb="vacancy.tiers_laid", target=vacancy)
    return made


@transaction.atomic
def open_tier(*, actor: User, tier_id: int, because: str = "") -> SearchTier:
    """When the circles before are exhausted; early only with a reason."""
    tier = _tier(tier_id, actor)
    if tier.opened_at is not None:
        return tier
    because = " ".join(because.replace("\x00", "").split())[:300]
    seen = next(one for one in sourcing_of(tier.vacancy, actor).tiers if one.row.pk == tier.pk)
    if not seen.may_open and not because:
        raise RuleBroken(
            _("The tier before is not exhausted. Say why this one opens early, or reach more"
              " people there first.")
        )  # fmt: skip
    tier.opened_at, tier.opened_by = timezone.now(), actor
    tier.opened_because = "" if seen.may_open else because
    tier.save(update_fields=["opened_at", "opened_by", "opened_because"])
    early = bool(tier.opened_because)
    record(
        actor=actor, verb="vacancy.tier_opened_early" if early else "vacancy.tier_opened",
        target=tier.vacancy, tier=tier.pk, because=tier.opened_because,
    )  # fmt: skip
    return tier


@transaction.atomic
def close_tier(*, actor: User, tier_id: int) -> SearchTier:
    """Take the opening back, as long as nobody was found in it."""
    tier = _tier(tier_id, actor)
    if tier.candidacies.exists():
        raise RuleBroken(_("People were found in this tier already; it stays open."))
    tier.opened_at, tier.opened_by, tier.opened_because = None, None, ""
    tier.save(update_fields=["opened_at", "opened_by", "opened_because"])
    record(actor=actor, verb="vacancy.tier_closed", target=tier.vacancy, tier=tier.pk)
    return tier


@transaction.atomic
def edit_tier(*, actor: User, tier_id: int, note: str, percent: int) -> SearchTier:
    """Which niche it is, and when it counts as exhausted."""
    tier = _tier(tier_id, actor)
    if not 1 <= percent <= 100:
        raise RuleBroken(_("Exhausted: from 1 to 100 %."))
    note = " ".join(note.replace("\x00", "").split())[:300]
    if (tier.note, tier.exhausted_at_percent) == (note, percent):
        return tier
    tier.note, tier.exhausted_at_percent = note, percent
    tier.save(update_fields=["note", "exhausted_at_percent"])
    record(actor=actor, verb="vacancy.tier_edited", target=tier.vacancy, tier=tier.pk)
    return tier


@transaction.atomic
def add_companies(*, actor: User, tier_id: int, lines: str) -> Pasted:
    """One company a line: name; web site; why there. What is off limits is refused by name."""
    tier = _tier(tier_id, actor)
    rows = [line.strip() for line in lines.replace("\x00", "").splitlines() if line.strip()]
    if not rows:
        raise RuleBroken(_("Write one company a line."))
    if len(rows) > MOST_LINES:
        raise RuleBroken(_("At most %(n)s lines at once.") % {"n": MOST_LINES})
    closed, done = off_limits_by_name(), Pasted()
    known = set(tier.companies.values_list("plain", flat=True))
    for row in rows:
        name, domain, why = ([*PARTS.split(row, maxsplit=2), "", ""])[:3]
        name = " ".join(name.split())[:160]
        plain = firms.plain_name(name)[:200]
        if not plain or plain in known:
            done.known.append(name)
        elif plain in closed:
            done.refused.append(name)
        else:
            known.add(plain)
            done.added.append(
                TargetCompany.objects.create(
                    tier=tier, name=name, plain=plain,
                    domain=firms.plain_site(domain)[:160] or domain[:160], why=why[:300],
                )
            )  # fmt: skip
    if done.added:
        record(
            actor=actor, verb="vacancy.companies_added", target=tier.vacancy,
            tier=tier.pk, companies=[one.pk for one in done.added],
        )  # fmt: skip
    return done


@transaction.atomic
def remove_company(*, actor: User, company_id: int) -> Event:
    """Out of the tier; the event says all that is needed to put it back."""
    company = (
        TargetCompany.objects.visible_to(actor).select_related("tier__vacancy").get(pk=company_id)
    )
    tier = _tier(company.tier_id, actor)
    kept = {"name": company.name, "domain": company.domain, "why": company.why}
    company.delete()
    return record(
        actor=actor, verb="vacancy.company_removed", target=tier.vacancy, tier=tier.pk, **kept
    )


@transaction.atomic
def restore_company(*, actor: User, event_id: int) -> TargetCompany:
    event = Event.objects.get(pk=event_id, actor=actor, verb="vacancy.company_removed")
    tier, kept = _tier(event.data["tier"], actor), event.data
    return TargetCompany.objects.get_or_create(
        tier=tier, plain=firms.plain_name(kept["name"])[:200],
        defaults={name: kept[name] for name in ("name", "domain", "why")},
    )[0]  # fmt: skip


@transaction.atomic
def remove_companies(*, actor: User, tier_id: int, company_ids: list[int]) -> int:
    """Take back what was pasted a moment ago."""
    tier = _tier(tier_id, actor)
    rows = tier.companies.filter(pk__in=company_ids)
    number = rows.count()
    rows.delete()
    return number


@transaction.atomic
def put_forward(*, actor: User, company_id: int) -> Event:
    """Whom we know at a target company, for its vacancy, in its tier."""
    company = TargetCompany.objects.visible_to(actor).select_related("tier").get(pk=company_id)
    tier = _tier(company.tier_id, actor)
    if tier.opened_at is None:
        raise RuleBroken(_("Open the tier first."))
    people = known_people(company, actor)
    if not people:
        raise RuleBroken(_("Nobody of this company waits to be put forward."))
    return add_candidacies(actor=actor, candidate_ids=people, vacancy_id=tier.vacancy_id, tier=tier)
