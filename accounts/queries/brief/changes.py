"""What is new since the last meeting, as sentences with their day."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.choices import DossierSection, Fact, PromiseState, Tier
from accounts.models import Position
from accounts.queries.brief.parts import Orders
from accounts.queries.brief.rows import Rows
from common import formats

MOST = 7
TOLD = (Fact.STANCE, Fact.SORE_SPOT, Fact.POWER, Fact.PREFERENCE)
LONGEST = 110


@dataclass(frozen=True)
class Change:
    icon: str
    text: str
    day: dt.date
    tone: str = ""


def changes_of(rows: Rows, orders: Orders | None, currency: str) -> list[Change]:
    """The weightiest first: what happened, then what somebody noticed or read."""
    happened = [*_tier(rows), *_orders(rows, orders, currency), *_promises(rows)]
    for position in rows.positions:
        happened += _position(rows, position)
    return [*_by_day(happened), *_by_day(_facts(rows) + _dossier(rows))]


def _by_day(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: change.day, reverse=True)


def shown(changes: list[Change]) -> list[Change]:
    """The weightiest that fit, in the order of their days."""
    return _by_day(changes[:MOST])


def _tier(rows: Rows) -> list[Change]:
    since, before = rows.account.tier_since, rows.account.tier_before
    score = getattr(rows.account, "score", None)
    if since is None or since <= rows.since or score is None:
        return []
    tiers = {"now": score.tier, "before": before or ""}
    if before is None or Tier.N in (before, score.tier):
        text = _("The tier is new: %(now)s.") % {"now": score.get_tier_display()}
    else:
        text = _("Tier %(now)s now, %(before)s before.") % tiers
    return [Change("arrow-left-right", text, since)]


def _orders(rows: Rows, orders: Orders | None, currency: str) -> list[Change]:
    """Nothing of a ledger that ends before the last meeting."""
    if orders is None or orders.as_of <= rows.since:
        return []
    if orders.since <= 0:
        return [Change("hourglass-split", _("No order since then."), orders.as_of, "cau")]
    words = {"sum": formats.money_short(orders.since, currency)}
    last = orders.last_order or orders.as_of
    return [Change("box-seam", _("Orders of %(sum)s since then.") % words, last)]


def _position(rows: Rows, row: Position) -> list[Change]:
    """Who came and who left; a place without a name says nothing."""
    if not row.contact.name:
        return []
    words = {"name": row.contact.name, "title": row.title or (row.role.name if row.role else "")}
    if row.valid_to is not None and row.valid_to <= rows.day:
        text = _("%(name)s has left (%(title)s).") if words["title"] else _("%(name)s has left.")
        return [Change("person-dash", text % words, row.valid_to, "cau")]
    if row.valid_from > rows.since:
        text = _("%(name)s is new: %(title)s.") if words["title"] else _("%(name)s is new.")
        return [Change("person-plus", text % words, row.valid_from)]
    return []


def _facts(rows: Rows) -> list[Change]:
    names = {row.contact_id: row.contact.name for row in rows.positions}
    sentences = {
        Fact.STANCE: _("Stance of %(name)s: %(value)s."),
        Fact.POWER: _("Power of %(name)s: %(value)s."),
        Fact.SORE_SPOT: _("Sore spot of %(name)s: %(value)s."),
        Fact.PREFERENCE: _("%(name)s prefers: %(value)s."),
    }
    found = []
    for contact, facts in rows.facts.items():
        for kind in TOLD:
            fact = facts.get(kind)
            if fact and fact.day > rows.since and names.get(contact):
                words = {"name": names[contact], "value": shortened(fact.label)}
                found.append(Change("eye", sentences[kind] % words, fact.day))
    return found


def _promises(rows: Rows) -> list[Change]:
    sentences = {
        (PromiseState.KEPT, True): (_("We kept: %(text)s."), "pos"),
        (PromiseState.KEPT, False): (_("They kept: %(text)s."), "pos"),
        (PromiseState.BROKEN, True): (_("We did not keep: %(text)s."), "dan"),
        (PromiseState.BROKEN, False): (_("They did not keep: %(text)s."), "cau"),
    }
    found = []
    for row in rows.promises:
        if row.settled_on and (row.state, row.is_ours) in sentences:
            text, tone = sentences[row.state, row.is_ours]
            words = {"text": shortened(row.text.rstrip("."))}
            found.append(Change("check-circle", text % words, row.settled_on, tone))
    return found


def _dossier(rows: Rows) -> list[Change]:
    found = []
    for row in rows.dossier:
        if row.day > rows.since:
            label = str(DossierSection(row.section).label)
            said = ": ".join(part for part in (row.title, row.text) if part)
            words = {"section": label[:1].upper() + label[1:], "text": shortened(said)}
            found.append(Change("file-earmark-text", _("%(section)s: %(text)s") % words, row.day))
    return found


def shortened(text: str) -> str:
    """One line of it, for a page that must stay one page."""
    line = " ".join(text.split()).rstrip(".")
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
