"""Who may decide which customers are key, and what makes such a decision complete."""

from datetime import date, timedelta

LONGEST_PIN = timedelta(days=3 * 366)


def may_decide(roles: frozenset[str]) -> bool:
    """Policies and pins are the director's."""
    return "director" in roles


def may_mark(roles: frozenset[str]) -> bool:
    """Strategic criteria are marked by the director and by managers, for accounts they may open."""
    return bool(roles & {"director", "kam"})


def is_pin_term(first: date, last: date) -> bool:
    """A pin ends: after it began, and before everybody has forgotten why it was set."""
    return first < last <= first + LONGEST_PIN


def pin_group(kind: str) -> str:
    """Pins of one group exclude each other: "key" (is, is not) or "tier" (A, B, C)."""
    return "tier" if kind.startswith("tier_") else "key"
