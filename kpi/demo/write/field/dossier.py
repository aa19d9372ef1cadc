"""What is known about the larger customers, with source and date; much of it, never all."""

from accounts.models import DossierEntry
from kpi.demo.field import FieldPlan
from kpi.demo.field.lore import COMPETITOR_TEXT, COMPETITORS, DOSSIER, SOURCES
from kpi.demo.field.names import pick
from kpi.demo.field.touches import owner_on, writes
from kpi.demo.write import World

KNOWN = (0.72, 0.35)  # share of sections filled, by importance


def write_dossier(world: World) -> None:
    rng = world.rng(24)
    rows: list[DossierEntry] = []
    for field in world.fields:
        if field.importance < 2:
            rows += _entries(world, rng, field)
    DossierEntry.objects.bulk_create(sorted(rows, key=lambda row: row.day))


def _entries(world: World, rng, field: FieldPlan) -> list[DossierEntry]:
    plan = world.plans[field.index]
    language = writes(owner_on(plan, 0))
    figures = {
        "turnover": round(plan.revenue / 9_000 * float(rng.uniform(0.6, 1.6))),
        "growth": f"{rng.uniform(-4, 12):+.0f}",
        "staff": int(rng.integers(6, 90)) * 10,
        "share": int(rng.integers(2, 9)) * 5,
    }
    known = [(section, "", pick(rng, texts)) for section, texts in DOSSIER[language].items()]
    known += [
        ("competitors", name, COMPETITOR_TEXT[language]) for name in COMPETITORS[plan.country]
    ]
    rows = []
    for section, title, text in known:
        if rng.random() > KNOWN[field.importance]:
            continue
        ago = int(rng.integers(4, min(max(plan.began, 5), 620)))
        rows.append(
            DossierEntry(
                account=world.accounts[field.index],
                section=section,
                title=title,
                text=text.format(**figures),
                source=str(pick(rng, SOURCES[language])),
                day=world.day(ago),
                author=world.users[owner_on(plan, ago)],
                recorded_at=world.at(ago, 16),
            )
        )
    return rows
