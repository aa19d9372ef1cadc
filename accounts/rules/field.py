"""Starting figures for work in the field, by tier (days); a company edits its own.

Cadence: methods 1.17 (A 14, B 45, C 90; no tier, no rhythm). Half life of contact: field notes 4.4
(A 45, B 60, C 90). Shelf life: stance 90 days in tier A, reporting lines a year (field notes 2.9).
"""

TIERS = ("A", "B", "C", "N")


def default_cadence() -> dict[str, int | None]:
    return {"A": 14, "B": 45, "C": 90, "N": None}


def default_half_life() -> dict[str, int]:
    return {"A": 45, "B": 60, "C": 90, "N": 90}


def default_shelf_life() -> dict[str, dict[str, int]]:
    """Fact → tier → days after which it wants confirming."""
    return {
        "power": _by_tier(180, 270, 365),
        "stance": _by_tier(90, 135, 180),
        "orientation": _by_tier(365, 540, 730),
        "access": _by_tier(90, 135, 180),
        "level": _by_tier(90, 135, 180),
        "level_wanted": _by_tier(180, 270, 365),
        "preference": _by_tier(365, 540, 730),
        "sore_spot": _by_tier(180, 270, 365),
        "line": _by_tier(365, 540, 730),
        "dossier": _by_tier(180, 270, 365),
    }


def _by_tier(a: int, b: int, c: int) -> dict[str, int]:
    return {"A": a, "B": b, "C": c, "N": c}
