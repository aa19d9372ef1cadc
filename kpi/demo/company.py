"""The customers of Severpack as a plan: who they are, how they buy, what happened to them."""

from dataclasses import dataclass, field, replace

import numpy as np

from kpi.demo.catalogue import CURRENCIES, SEGMENTS, TAGS, TERRITORIES
from kpi.demo.names import company_names
from kpi.demo.people import managers_of

FOREVER = 4000  # days ago: before any ledger this generator writes


@dataclass(frozen=True)
class AccountPlan:
    """How one customer buys. Money in euros a year; times in days before the last ledger day."""

    name: str
    territory: str
    segment: str
    city: str
    revenue: float
    growth: float = 0.03
    interval: float = 20.0
    regularity: float = 6.0
    margin: float = 0.0  # added to the products' own
    began: int = FOREVER
    ended: int = 0
    away: tuple[int, int] = (0, 0)  # ordered nothing from then until then
    widened: int = 0  # when one more service line came in
    owner: str | None = None
    owner_since: int | None = None
    parent: str = ""
    rolls_up: bool = True
    status: str = "active"
    tags: tuple[str, ...] = field(default=())

    @property
    def country(self) -> str:
        return TERRITORIES[self.territory].country

    @property
    def currency(self) -> str:
        return CURRENCIES.get(self.country, "EUR")


TWIN = "Hansa Feinkost Hamburg"  # the same customer, entered twice; merged since
MEDICA = "Medica Sud S.p.A."
HANSA = "Hansa Feinkost GmbH"
DAIRY = "Молочный двор"
UNOWNED = "Bergmann Feinbäckerei GmbH"
ALPINA = "Alpina Dairy AG"  # handed over, under watch
FASTENERS = "Уральский крепёж"  # hangs on one person; being handed over
TALLINN = "Tallinna Toit OÜ"  # under the director's personal control
HANDED = 38  # days ago
LOST, CAME = 1 / 7, 1 / 5  # of the tail, in three years

DRAWN = [
    AccountPlan(DAIRY, "ru-volga", "dairy", "Самара", 2_684_000, 0.21, 7, 9, -0.02, owner="igor_lebedev", tags=("multi-site", "pays late")),
    AccountPlan(HANSA, "de-north", "ready_meals", "Hamburg", 1_942_900, 0.06, 24, 14, 0.02, ended=61, owner="anna_lindqvist", tags=("own brand",)),
    AccountPlan("Волжские кондитерские фабрики", "ru-volga", "confectionery", "Нижний Новгород", 1_518_900, 0.18, 9, 8, owner="elena_vorontsova", tags=("seasonal", "multi-site")),
    AccountPlan(ALPINA, "ch", "dairy", "St. Gallen", 1_327_900, -0.01, 11, 9, 0.03, owner="lukas_brandt", owner_since=HANDED, tags=("recycled material",)),
    AccountPlan("Невская фармацевтика", "ru-northwest", "pharma", "Санкт-Петербург", 1_186_900, 0.31, 9, 9, 0.03, widened=75, owner="elena_vorontsova", tags=("tender",)),
    AccountPlan("Pastificio Morandi S.p.A.", "it-north", "milling", "Parma", 968_900, -0.04, 16, 9, owner="marco_bianchi", ended=20, tags=("exporter",)),
    AccountPlan(FASTENERS, "ru-urals", "hardware", "Екатеринбург", 884_900, 0.02, 15, 8, -0.09, owner="igor_lebedev"),
    AccountPlan("Агрохолдинг «Заречье»", "ru-volga", "agriculture", "Казань", 812_900, 0.24, 13, 7, -0.02, widened=230, owner="oleg_ryabinin", tags=("multi-site",)),
    AccountPlan("Iberagua S.A.", "es-east", "beverages", "Girona", 731_900, 0.43, 10, 8, 0.04, widened=140, owner="giulia_ferrante", owner_since=560),
    AccountPlan(TALLINN, "baltic", "ready_meals", "Tallinn", 664_900, -0.05, 16, 12, -0.03, ended=39, owner="anna_lindqvist", owner_since=240),
    AccountPlan("Laboratorios Vega", "es-east", "cosmetics", "Valencia", 598_900, 0.05, 10, 9, 0.06, owner="lucia_herrero", owner_since=410, tags=("seasonal",)),
    AccountPlan("Сибирская мукомольная компания", "ru-urals", "milling", "Новосибирск", 541_800, -0.01, 16, 8, -0.04, owner="igor_lebedev"),
    AccountPlan("Kaltberg Logistik GmbH", "de-east", "cold_chain", "Leipzig", 497_800, 0.56, 8, 8, -0.04, widened=420, owner="jonas_weber", owner_since=410, tags=("exporter",)),
    AccountPlan("Ладога Трейд", "ru-northwest", "ready_meals", "Петрозаводск", 265_800, 0.0, 12, 7, began=285, owner="oleg_ryabinin", owner_since=70),
    AccountPlan(UNOWNED, "de-north", "bakery", "Bremen", 246_800, 0.11, 10, 8, 0.02, owner="lukas_brandt"),
    AccountPlan("Балтийский чай", "ru-northwest", "coffee", "Санкт-Петербург", 41_000, 0.0, 9, 7, began=58, owner="elena_vorontsova"),
    AccountPlan("Rivoli Caffè S.r.l.", "it-north", "coffee", "Torino", 17_800, -0.88, 17, 7, owner="giulia_ferrante", tags=("own brand",)),
    AccountPlan(MEDICA, "it-south", "pharma", "Napoli", 700_000, 0.0, 12, 9, ended=166, owner="giulia_ferrante", tags=("tender",)),
    AccountPlan("Молочный двор, сыроварня Кинель", "ru-volga", "dairy", "Самара", 58_000, 0.12, 18, 7, owner="igor_lebedev", parent=DAIRY),
    AccountPlan("Молочный двор, Саратов", "ru-volga", "dairy", "Саратов", 91_000, 0.3, 14, 7, owner="igor_lebedev", parent=DAIRY),
    AccountPlan("Hansa Feinkost Lübeck GmbH", "de-north", "ready_meals", "Lübeck", 42_000, 0.04, 21, 9, owner="anna_lindqvist", parent=HANSA, rolls_up=False),
    AccountPlan(TWIN, "de-north", "ready_meals", "Hamburg", 9_400, 0.0, 45, 8, began=560, ended=190, owner="lukas_brandt"),
    AccountPlan("BERGMANN FEINBÄCKEREI", "de-north", "bakery", "Bremen", 3_100, 0.0, 40, 7, began=300, owner="lukas_brandt"),
    AccountPlan("Alpina Dairy Romandie AG", "ch", "dairy", "Bern", 66_000, 0.08, 19, 7, owner="anna_lindqvist", parent=ALPINA),
    AccountPlan("Pastificio Morandi Sud S.r.l.", "it-south", "milling", "Bari", 38_000, 0.02, 23, 7, owner="giulia_ferrante", parent="Pastificio Morandi S.p.A."),
]  # fmt: skip


def plan_accounts(rng: np.random.Generator, count: int) -> list[AccountPlan]:
    """`count` customers: the drawn ones, then a long tail, a few of whom leave, come or wait."""
    plans = list(DRAWN[:count])
    taken = {plan.name for plan in plans}
    rest = count - len(plans)
    if rest <= 0:
        return plans
    revenues = _tail(rng, rest)
    weights = np.array([territory.weight for territory in TERRITORIES.values()], dtype=float)
    codes = rng.choice(list(TERRITORIES), size=rest, p=weights / weights.sum())
    segments = rng.choice(list(SEGMENTS), size=rest)
    for revenue, code, segment in zip(revenues, codes, segments, strict=True):
        plans.append(_ordinary(rng, str(code), str(segment), float(revenue), taken))
    return _fates(rng, plans)


def _tail(rng: np.random.Generator, count: int) -> np.ndarray:
    """Yearly revenue of the many: a falling line like that of a real book, largest first."""
    rank = np.arange(1, count + 1) / count
    falling = 185_000 * np.exp(-5.6 * rank**0.5)
    return np.maximum(falling * rng.lognormal(0, 0.12, count), 380)


def _ordinary(rng, code: str, segment: str, revenue: float, taken: set[str]) -> AccountPlan:
    territory = TERRITORIES[code]
    city = str(rng.choice(territory.cities))
    for name in company_names(rng, territory.country, segment, city):
        if name not in taken:
            break
    taken.add(name)
    managers = managers_of(code)
    return AccountPlan(
        name=name,
        territory=code,
        segment=segment,
        city=city,
        revenue=revenue,
        growth=float(np.clip(rng.normal(-0.03, 0.2), -0.6, 0.9)),
        interval=float(np.clip(rng.lognormal(np.log(34 - 2.1 * np.log(revenue)), 0.3), 6, 75)),
        regularity=float(rng.uniform(4, 10)),
        margin=float(rng.normal(0, 0.03)),
        owner=managers[int(rng.integers(len(managers)))].key,
        tags=tuple(sorted({str(tag) for tag in rng.choice(TAGS, size=int(rng.integers(3)))})),
    )


def _fates(rng: np.random.Generator, plans: list[AccountPlan]) -> list[AccountPlan]:
    """Of the tail: one in 7 was lost, one in 5 came, one in 25 falls silent, one in 60 waits;
    so one in 18 leaves in a year."""
    fated = plans[: len(DRAWN)]
    for plan in plans[len(DRAWN) :]:
        draw = rng.random()
        if draw < LOST:
            plan = replace(plan, ended=int(rng.integers(105, 1_000)), growth=-0.5)
        elif draw < LOST + CAME:
            plan = replace(plan, began=int(rng.integers(20, 1_050)), growth=0.0)
        elif draw < LOST + CAME + 1 / 25:
            plan = replace(plan, ended=int(plan.interval * rng.uniform(2.2, 4)))
        elif draw > 1 - 1 / 60:
            plan = replace(plan, revenue=0.0, status="prospect", began=0)
        else:
            plan = _course(rng, plan)
        fated.append(plan)
    return fated


def _course(rng: np.random.Generator, plan: AccountPlan) -> AccountPlan:
    """Of those who are there all the time: one in 7 takes one more service line in two years, one
    in 50 went elsewhere and came back within the last one."""
    draw = rng.random()
    if draw < 1 / 7:
        return replace(plan, widened=int(rng.integers(20, 730)))
    if draw > 1 - 1 / 50:
        return replace(plan, away=(int(rng.integers(760, 900)), int(rng.integers(30, 330))))
    return plan
