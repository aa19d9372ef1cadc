"""The rules in force, a draft beside them, marks with reasons, and what people pinned."""

from decimal import Decimal

from accounts.choices import PinKind, PolicyState
from accounts.commands.contact_role import install_contact_roles
from accounts.commands.criterion import install_criteria
from accounts.models import Criterion, CriterionMark, Pin, Policy
from kpi.demo.write import World

MARKS = [
    ("Агрохолдинг «Заречье»", "growth", 3, "Строят второй элеватор; объём мешков на 2027 год обсуждаем уже сейчас.", "oleg_ryabinin", 262),
    ("Агрохолдинг «Заречье»", "opens_doors", 3, "Через них вышли на три хозяйства Татарстана.", "oleg_ryabinin", 262),
    ("Laboratorios Vega", "tries_new", 3, "Sviluppiamo insieme il vasetto ricaricabile; il primo stampo è nostro.", "marco_bianchi", 190),
    ("Laboratorios Vega", "authority", 2, "Alla fiera di Bologna tutti hanno chiesto della loro linea.", "marco_bianchi", 190),
    ("Балтийский чай", "growth", 2, "Открывают фасовку на второй линии весной; пока берут пробные партии.", "darya_kim", 31),
    ("Балтийский чай", "authority", 2, "Их упаковку копируют две сети.", "darya_kim", 31),
    ("Балтийский чай", "able_to_buy", 2, "Бюджет на упаковку 2027 года утверждён, тендер в феврале.", "darya_kim", 24),
    ("Kaltberg Logistik GmbH", "growth", 3, "Reusable liners for all twelve depots are planned for next year.", "jonas_weber", 88),
    ("Kaltberg Logistik GmbH", "knowledge", 2, "They measure temperatures on the road and share the data with us.", "jonas_weber", 88),
    ("Hansa Feinkost GmbH", "authority", 3, "Every delicatessen in the north looks at what Hansa puts on the shelf.", "anna_lindqvist", 400),
    ("Hansa Feinkost GmbH", "growth", 1, "The Lübeck plant is full; Poland is only an idea so far.", "anna_lindqvist", 120),
    ("Ладога Трейд", "growth", 2, "Заказы ровные, но второй склад ещё не наш.", "darya_kim", 40),
    ("Rivoli Caffè S.r.l.", "growth", 0, "Hanno portato le etichette in casa; restano solo i sacchetti.", "giulia_ferrante", 300),
]  # fmt: skip
PINS = [
    ("Агрохолдинг «Заречье»", PinKind.KEY, "Открывает нам весь Татарстан.", "marina_sokolova", 265, -100),
    ("Rivoli Caffè S.r.l.", PinKind.TIER_B, "They promise to come back with their labels in spring: a year of patience.", "marina_sokolova", 345, -17),
    ("Ладога Трейд", PinKind.NOT_KEY, "Менеджер ещё на испытательном сроке; решим после него.", "marina_sokolova", 60, -45),
    ("Laboratorios Vega", PinKind.KEY, "The refillable jar needs one voice on both sides.", "marina_sokolova", 620, 210),
]  # fmt: skip


def write_policies(world: World) -> None:
    director = world.users["marina_sokolova"]
    common = {"made_by": director, "adopted_by": director}
    Policy.objects.create(
        name="80/95 by revenue",
        criteria_threshold=None,
        state=PolicyState.RETIRED,
        note="The first rules, taken from the book.",
        adopted_on=world.first,
        made_at=world.at(world.days),
        **common,
    )
    Policy.objects.create(
        name="Money first, then a written reason",
        criteria_threshold=12,
        cap=20,
        state=PolicyState.ADOPTED,
        note="Marks with reasons count from 12 points on; never more than 20 key accounts, "
        "because six managers cannot hold more.",
        adopted_on=world.day(265),
        made_at=world.at(280),
        **common,
    )
    Policy.objects.create(
        name="Margin instead of revenue",
        basis="margin",
        cut_a=Decimal(75),
        criteria_threshold=10,
        cap=18,
        note="What if the fasteners with their 11 % margin did not count as much as the yoghurt?",
        made_by=director,
        made_at=world.at(9),
    )
    _write_marks(world)
    _write_pins(world)


def _write_marks(world: World) -> None:
    install_criteria()
    install_contact_roles()
    criteria = {criterion.code: criterion for criterion in Criterion.objects.all()}
    CriterionMark.objects.bulk_create(
        CriterionMark(
            account=account,
            criterion=criteria[code],
            mark=mark,
            reason=reason,
            day=world.day(ago),
            by=world.users[by],
            made_at=world.at(ago, 15, 20),
        )
        for name, code, mark, reason, by, ago in MARKS
        if (account := world.account(name))
    )


def _write_pins(world: World) -> None:
    Pin.objects.bulk_create(
        Pin(
            account=account,
            kind=kind,
            reason=reason,
            by=world.users[by],
            valid_from=world.day(since),
            valid_to=world.day(until),
            made_at=world.at(since, 11, 5),
        )
        for name, kind, reason, by, since, until in PINS
        if (account := world.account(name))
    )
