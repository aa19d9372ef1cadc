"""How full and how fresh an account's file is: two numbers that are never averaged.

A full file may be three years old, and a fresh one may hold a single line (field notes 2.9).
"""

from collections.abc import Collection, Mapping

from accounts.choices import DossierSection

S = DossierSection
MANY = (S.COMPETITORS,)
REQUIRED = {
    "A": tuple(S),
    "B": (S.FIGURES, S.HISTORY, S.BUDGET, S.GOALS, S.NEEDS, S.COMPETITORS),
    "C": (S.FIGURES, S.NEEDS, S.COMPETITORS),
}
ASK_FIRST = (
    S.GOALS, S.NEEDS, S.COMPETITORS, S.BUDGET, S.PLANS, S.STRATEGY, S.MARKET, S.FIGURES, S.HISTORY
)  # fmt: skip


def required_sections(tier: str) -> tuple[str, ...]:
    """Sections an account of the tier is expected to have; without a tier as in C."""
    return tuple(str(section) for section in REQUIRED.get(tier, REQUIRED["C"]))


def holds_many(section: str) -> bool:
    """Whether entries stand beside each other by title instead of following one another."""
    return section in MANY


def completeness(known: Collection[str], tier: str) -> tuple[int, int]:
    """Required sections that say something, of all required."""
    required = required_sections(tier)
    return sum(section in known for section in required), len(required)


def freshness(stale: Mapping[str, bool]) -> tuple[int, int]:
    """Sections within their shelf life, of those that say something (section → is stale)."""
    return sum(not is_stale for is_stale in stale.values()), len(stale)


def gaps(stale: Mapping[str, bool], tier: str) -> list[str]:
    """What to ask about: required sections that say nothing, then those past their shelf life."""
    required = required_sections(tier)
    missing = [s for s in ASK_FIRST if s in required and s not in stale]
    old = [s for s in ASK_FIRST if stale.get(s)]
    return [str(section) for section in (*missing, *old)]
