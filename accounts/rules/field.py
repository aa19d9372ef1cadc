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


LEAST, MOST = 1, 3650
MOST_HOURS = 24 * 14
Values = dict[str, object]
Figure = tuple[str, str, str]  # table, fact (in the table of shelf lives), tier


def figures(values: Values) -> dict[Figure, int | None]:
    """All single figures of the settings, flat."""
    found: dict[Figure, int | None] = {}
    for table in ("cadence_days", "half_life_days"):
        for tier in TIERS:
            found[table, "", tier] = values[table].get(tier)  # type: ignore[attr-defined]
    for fact, start in default_shelf_life().items():
        for tier in TIERS:
            own = values["shelf_days"].get(fact, {})  # type: ignore[attr-defined]
            found["shelf_days", fact, tier] = own.get(tier) or start[tier]
    for name in ("late_after_hours", "bow_tie_target"):
        found[name, "", ""] = values[name]  # type: ignore[assignment]
    return found


def tables(figures: dict[Figure, int | None]) -> Values:
    """The settings as they are stored, from flat figures."""
    values: Values = {"cadence_days": {}, "half_life_days": {}, "shelf_days": {}}
    for (table, fact, tier), value in figures.items():
        if fact:
            values["shelf_days"].setdefault(fact, {})[tier] = value  # type: ignore[attr-defined]
        elif tier:
            values[table][tier] = value  # type: ignore[index]
        else:
            values[table] = value
    return values


def is_figure(figure: Figure, value: int | None) -> bool:
    """A rhythm may be none; days lie within ten years, hours within two weeks, shares under 100."""
    table = figure[0]
    if value is None:
        return table == "cadence_days"
    most = {"late_after_hours": MOST_HOURS, "bow_tie_target": 100}.get(table, MOST)
    return LEAST <= value <= most
