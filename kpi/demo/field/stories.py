"""The customers whose story is told by hand: who they are, what happened, what is open."""

from dataclasses import replace

import numpy as np

from kpi.demo.company import ALPINA, DAIRY, FASTENERS, HANDED, HANSA, AccountPlan
from kpi.demo.field import FactPlan, FieldPlan, PersonPlan, PromisePlan, TaskPlan, TouchPlan

NEVA = "Невская фармацевтика"
SWEETS = "Волжские кондитерские фабрики"  # its decider has not been met for long
PASTA = "Pastificio Morandi S.p.A."  # a stance changed after a complaint
KRAMER = 1  # place of the buyer who left Hansa

DRAWN: dict[str, list[PersonPlan]] = {
    HANSA: [
        PersonPlan("Dr. Henning Rautenberg", "Geschäftsführer", "decision_maker", honorific="Herr Dr. Rautenberg", languages=("de", "en"), since=3100, power=3, stance=4, access=3, warmth=0.5, silent_since=122, division="Hamburg"),
        PersonPlan("Jutta Krämer", "Leitung Einkauf", "purchasing", honorific="Frau Krämer", languages=("de",), chief=0, since=2400, until=50, power=3, stance=4, access=4, warmth=4, division="Hamburg"),
        PersonPlan("", "Leitung Einkauf", "purchasing", chief=0, since=50, warmth=0, division="Hamburg"),
        PersonPlan("Катарина Шульц-Вознесенская", "Leitung Qualitätssicherung", "champion", "Katharina Schulz-Voznesenskaya", "Frau Schulz-Voznesenskaya", ("de", "ru", "en"), chief=0, since=1700, power=2, stance=5, access=4, warmth=1.6, division="Hamburg"),
        PersonPlan("Timo Behrens", "Logistik", "logistics", honorific="Herr Behrens", languages=("de",), chief=6, since=900, power=1, stance=3, access=4, warmth=2.2, division="Lübeck"),
        PersonPlan("", "Leitung Finanzen", "finance", chief=0, since=900, warmth=0),
        PersonPlan("Dr. Ulrike Ahlers", "Betriebsleitung", "technical", honorific="Frau Dr. Ahlers", languages=("de", "en"), chief=0, since=2000, power=2, stance=3, access=2, warmth=0.8, division="Lübeck"),
        PersonPlan("Malte Jessen", "Marketing", honorific="Herr Jessen", languages=("de", "en"), chief=0, since=500, power=1, stance=4, access=4, warmth=0.5, division="Hamburg"),
        PersonPlan("Wiebke Thomsen", "Assistenz der Geschäftsführung", "gatekeeper", honorific="Frau Thomsen", languages=("de",), chief=0, since=2600, power=1, stance=4, access=4, warmth=0.6, division="Hamburg"),
        PersonPlan("Prof. Carolin Lührs", "Hochschule, Lebensmittelverpackung", kind="leader", organisation="Hochschule am Hafen", languages=("de", "en"), since=800, power=2, stance=4, access=3, warmth=0.3),
    ],
    NEVA: [
        PersonPlan("Аркадий Долгоруков", "Генеральный директор", "decision_maker", "Arkady Dolgorukov", "Аркадий Львович", ("ru", "en"), since=2900, power=3, stance=3, access=2, warmth=0.5),
        PersonPlan("Виктория Остроградская", "Начальник отдела закупок", "purchasing", "Viktoria Ostrogradskaya", "Виктория Павловна", ("ru",), chief=0, since=1400, power=3, stance=4, access=4, warmth=4),
        PersonPlan("Мария Черных", "Директор по качеству", "champion", "Maria Chernykh", "Мария Андреевна", ("ru", "en"), chief=0, since=1100, power=2, stance=5, access=4, warmth=2),
        PersonPlan("Павел Сёмин", "Заведующий складом", "logistics", "Pavel Syomin", "Павел Юрьевич", ("ru",), chief=1, since=800, power=1, stance=2, access=4, warmth=2),
        PersonPlan("", "Финансовый директор", "finance", chief=0, since=800, warmth=0),
        PersonPlan("Глеб Туманов", "Главный технолог", "technical", "Gleb Tumanov", "Глеб Олегович", ("ru", "en"), chief=0, since=300, power=2, stance=3, access=3, warmth=1),
        PersonPlan("Ксения Лаптева", "Бренд-менеджер", other_name="Ksenia Lapteva", honorific="Ксения Игоревна", languages=("ru", "en"), chief=0, since=420, power=1, stance=4, access=4, warmth=0.6),
    ],
}  # fmt: skip
INFLUENCES = {HANSA: [(3, 0), (8, 0), (9, 3), (6, 4)], NEVA: [(2, 0), (2, 1), (5, 2)]}
CONFLICTS = {HANSA: [(3, 6)], NEVA: [(1, 3)]}


def recast(plan: AccountPlan, people: list[PersonPlan]) -> list[PersonPlan]:
    """Turn the ordinary people of a customer into those of its story."""
    if plan.name == FASTENERS:
        return [
            replace(p, warmth=30.0 if p.role == "purchasing" else p.warmth * 0.05) for p in people
        ]
    if plan.name == SWEETS:
        return [
            replace(p, power=3, stance=4, silent_since=190) if p.role == "decision_maker" else p
            for p in people
        ]
    return people


def tell(rng: np.random.Generator, plan: AccountPlan, field: FieldPlan) -> None:
    """Add what happened by hand to what was drawn by chance."""
    told = {
        HANSA: _hansa,
        NEVA: _neva,
        DAIRY: _dairy,
        PASTA: _pasta,
        ALPINA: _alpina,
        FASTENERS: _fasteners,
    }.get(plan.name)
    if told:
        told(field)


def _hansa(field: FieldPlan) -> None:
    anna = ("anna_lindqvist",)
    at = len(field.touches)
    field.touches += [
        TouchPlan(122, 9, 0, "meeting", (0, 8), anna, tone=1, minutes=75, place="Hamburg", subject="Poland from 2027",
                  text="He asked whether we can supply Poland from 2027. A promise came of it."),
        TouchPlan(47, 8, 20, "call", (8,), anna, tone=0, minutes=8, subject="The buyer has gone",
                  text="Jutta Krämer changed jobs. Nobody else in purchasing is known to us; the secretary would not say who follows."),
        TouchPlan(10, 7, 50, "mail", (3,), anna, direction="theirs", tone=1, subject="Audit report",
                  text="Sends the audit report: no findings on our film. „Ihre Folie war die einzige ohne Beanstandung. Sagen Sie das bitte auch im Einkauf.“"),
        TouchPlan(3, 9, 40, "call", (4,), ("jonas_weber",), direction="both", tone=0, minutes=12, subject="Delivery windows",
                  text="Asks for delivery windows in December. Did not mention orders; did not know who buys packaging now."),
        TouchPlan(-5, 9, 0, "meeting", (3, 6), anna, minutes=60, place="Lübeck", subject="Who buys packaging now, and volumes for 2027", state="planned"),
    ]  # fmt: skip
    field.facts += [
        FactPlan(4, "sore_spot", "Tired of late lorries", 3, "jonas_weber", at + 3, 3),
        FactPlan(3, "stance", "5", 10, "anna_lindqvist", at + 2, 3),
        FactPlan(0, "preference", "First ten minutes about sailing; figures on one page", 122, "anna_lindqvist", at, 3),
        FactPlan(0, "stance", "4", 122, "anna_lindqvist", at, 2),
    ]  # fmt: skip
    field.promises += [
        PromisePlan(True, "A price for supplying Poland", "anna_lindqvist", 122, 35, 0, at, heard_by="Wiebke Thomsen"),
        PromisePlan(False, "Yearly volumes for 2027 from purchasing", "anna_lindqvist", 150, -24, None),
    ]  # fmt: skip
    field.tasks += [
        TaskPlan("Call the switchboard and find the new head of purchasing", "anna_lindqvist", "anna_lindqvist", 18, 4, 10, 2, None, "hole:purchasing"),
        TaskPlan("Ask Dr. Rautenberg for an introduction", "marina_sokolova", "anna_lindqvist", 9, -4, 15, 0),
        TaskPlan("Delivery windows for December", "jonas_weber", "anna_lindqvist", 3, -5, 20, 4, at + 3),
    ]  # fmt: skip


def _neva(field: FieldPlan) -> None:
    elena = ("elena_vorontsova",)
    at = len(field.touches)
    field.touches += [
        TouchPlan(2, 8, 30, "meeting", (1, 3), elena, tone=1, minutes=60, place="Московское шоссе, 13", subject="Продление договора",
                  text="Продлевают договор, если удержим цену до апреля. Просят образцы с матовым лаком."),
        TouchPlan(-4, 11, 0, "meeting", (1, 2), elena, subject="Образцы с матовым лаком", place="Московское шоссе, 13", minutes=60, state="planned"),
    ]  # fmt: skip
    field.facts += [
        FactPlan(1, "stance", "4", 2, elena[0], at, 3),
        FactPlan(1, "sore_spot", "Письмо о ценах без звонка", 2, elena[0], at, 3),
        FactPlan(3, "sore_spot", "Сорванная поставка перед праздником", 210, elena[0], None, 1),
    ]
    field.promises += [
        PromisePlan(True, "Держим цену до апреля", elena[0], 2, -12, 1, at, heard_by="Павел Сёмин"),
        PromisePlan(False, "Встреча с генеральным директором", elena[0], 64, 8, 1),
    ]
    field.tasks += [TaskPlan("Отправить образцы с матовым лаком", "olga_tikhonova", elena[0], 2, -2, 15, 1, at)]  # fmt: skip


def _dairy(field: FieldPlan) -> None:
    igor = ("igor_lebedev",)
    at = len(field.touches)
    kinel = next(i for i, p in enumerate(field.people) if p.division == "Кинель")
    field.touches += [
        TouchPlan(5, 7, 30, "meeting", (2, 5), igor, tone=0, minutes=90, place="Самара", subject="Объёмы на 2027 год",
                  text="Самара готова подписать объёмы на год, но Кинель хочет выбирать плёнку сам. Просят расчёт по двум вариантам."),
        TouchPlan(1, 9, 15, "call", (kinel,), igor, tone=-1, minutes=14, subject="Плёнка в Кинеле",
                  text="В Кинеле недовольны, что решают без них. Пробную партию тонкой плёнки возьмут, если привезём до конца месяца."),
        TouchPlan(-2, 8, 0, "meeting", (0, 2, kinel), igor, subject="Объёмы на 2027 год и плёнка для Кинеля", place="Самара", minutes=90, state="planned"),
        TouchPlan(-3, 6, 30, "call", (3,), igor, subject="Аудит в декабре", minutes=20, state="planned"),
    ]  # fmt: skip
    field.facts += [
        FactPlan(kinel, "stance", "4", 95, igor[0], None, 2),
        FactPlan(kinel, "stance", "2", 1, igor[0], at + 1, 3),
        FactPlan(kinel, "sore_spot", "Решения без Кинеля", 1, igor[0], at + 1, 3),
        FactPlan(0, "stance", "3", 141, igor[0], None, 2),
        FactPlan(0, "preference", "Лучше звонить, утром до девяти", 300, igor[0], None, 2),
        FactPlan(0, "sore_spot", "Опоздания прошлой зимой", 215, igor[0], None, 2),
    ]
    field.promises += [
        PromisePlan(True, "Расчёт по двум вариантам плёнки", igor[0], 5, -1, 2, at),
        PromisePlan(True, "Пробная партия тонкой плёнки в Кинель", igor[0], 1, -8, kinel, at + 1),
        PromisePlan(False, "График поставок на декабрь", igor[0], 40, 6, 5),
    ]
    field.tasks += [
        TaskPlan(
            "Посчитать плёнку 40 и 60 мкм для Самары и Кинеля", igor[0], igor[0], 5, -1, 45, 2, at
        ),
        TaskPlan(
            "Заказать пробную партию для Кинеля",
            "olga_tikhonova",
            igor[0],
            1,
            -3,
            15,
            kinel,
            at + 1,
        ),
        TaskPlan("Перезвонить главному технологу", igor[0], igor[0], 12, 3, 10, 6),
    ]


def _pasta(field: FieldPlan) -> None:
    """After a complaint the buyer went from speaking up for us to having reservations."""
    buyer = next(
        (i for i, p in enumerate(field.people) if p.role == "purchasing" and not p.until), None
    )
    if buyer is None:
        return
    marco = ("marco_bianchi",)
    at = len(field.touches)
    field.touches += [
        TouchPlan(71, 10, 0, "call", (buyer,), marco, direction="theirs", tone=-1, minutes=25, subject="Reclamo: finestre staccate",
                  text="Due bancali di astucci con la finestra che si stacca. È la seconda volta: «così non posso più difendervi»."),
        TouchPlan(64, 8, 30, "meeting", (buyer,), marco, tone=-1, minutes=60, place="Parma", subject="Reclamo: che cosa cambiamo",
                  text="Accettata la nota di credito. Aspetta per iscritto la causa e chi ne risponde."),
    ]  # fmt: skip
    field.facts += [
        FactPlan(buyer, "stance", "4", 160, marco[0], None, 2),
        FactPlan(buyer, "stance", "2", 64, marco[0], at + 1, 3),
        FactPlan(buyer, "sore_spot", "Le finestre staccate, due volte", 64, marco[0], at + 1, 3),
    ]
    field.promises += [PromisePlan(True, "Per iscritto la causa del difetto e chi ne risponde", marco[0], 64, 43, buyer, at + 1)]  # fmt: skip


def _of_power(field: FieldPlan, ago: int) -> list[int]:
    """Whom a handover introduces: named, there since then, of power 2 or 3."""
    people = enumerate(field.people)
    return [i for i, p in people if p.name and p.until is None and p.power >= 2 and p.since > ago]


def _alpina(field: FieldPlan) -> None:
    """Handed over: everybody of power met both managers, then two joint meetings, then Lukas."""
    both, new = ("anna_lindqvist", "lukas_brandt"), ("lukas_brandt",)
    power = _of_power(field, HANDED + 40)
    for place, start in enumerate(range(0, len(power), 3)):
        field.touches.append(
            TouchPlan(HANDED + 32 - 3 * place, 8, 30, "meeting", tuple(power[start : start + 3]), both, tone=1, minutes=60, place="St. Gallen",
                      subject="Lukas introduces himself", text="Anna explained why she gives the account on and what stays as it is.")
        )  # fmt: skip
    few = tuple(power[:2])
    field.touches += [
        TouchPlan(HANDED + 15, 9, 0, "meeting", few, both, tone=0, minutes=90, place="St. Gallen", subject="Recycled cups: first trial",
                  text="Lukas led, Anna listened. They want the trial on line 3 before Christmas."),
        TouchPlan(HANDED + 6, 13, 0, "video", few, both, tone=1, minutes=40, subject="Prices in francs for next year",
                  text="Agreed on the quarter's rate. The buyer asked twice who signs from now on: Lukas."),
        TouchPlan(HANDED - 7, 8, 0, "call", few[:1], (new[0], "anna_lindqvist"), tone=1, minutes=20, subject="First call as their manager"),
        TouchPlan(HANDED - 16, 9, 30, "meeting", few, (new[0], "anna_lindqvist"), tone=1, minutes=70, place="St. Gallen", subject="Trial on line 3",
                  text="The trial runs from Monday. Anna hardly had to say a word."),
        TouchPlan(9, 10, 0, "call", tuple(power[1:3]), new, tone=0, minutes=25, subject="Trial on line 3: first rejects"),
        TouchPlan(3, 8, 45, "mail", few[:1], new, tone=1, subject="Rejects are down to one in a thousand"),
    ]  # fmt: skip


def _fasteners(field: FieldPlan) -> None:
    """Half way from Igor to Oleg: some have met both managers, the rest are invited."""
    both = ("igor_lebedev", "oleg_ryabinin")
    power = _of_power(field, 12)
    half = max(len(power) // 2, 1)
    field.touches += [
        TouchPlan(8, 7, 0, "meeting", tuple(power[:half]), both, tone=0, minutes=75, place="Екатеринбург", subject="Знакомство с Олегом",
                  text="Спросили, почему Игорь уходит и кто теперь решает о скидке. Договорились о второй встрече."),
        TouchPlan(-4, 7, 30, "meeting", tuple(power[half:]) or (power[0],), both, minutes=60, place="Екатеринбург", subject="Знакомство с Олегом: производство и финансы", state="planned"),
    ]  # fmt: skip
