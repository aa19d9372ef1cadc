"""Two customers with whole organisations: one of 60 people, one of 300."""

from dataclasses import replace

import numpy as np

from kpi.demo.company import DAIRY, AccountPlan
from kpi.demo.field import PersonPlan
from kpi.demo.field.names import pick
from kpi.demo.field.people import make_person
from kpi.demo.field.titles import CONSULTANTS, LEADERS

KALTBERG = "Kaltberg Logistik GmbH"
SIZES = {DAIRY: 60, KALTBERG: 300}
CENTRE = {DAIRY: "Управляющая компания", KALTBERG: "Zentrale Leipzig"}
BOARD = {
    DAIRY: [
        ("decision_maker", "Генеральный директор"), ("sponsor", "Исполнительный директор"), ("purchasing", "Директор по закупкам"),
        ("champion", "Директор по качеству"), ("finance", "Финансовый директор"), ("logistics", "Директор по логистике"),
        ("technical", "Главный технолог"), ("", "Коммерческий директор"), ("", "Директор по персоналу"),
    ],
    KALTBERG: [
        ("decision_maker", "Geschäftsführung"), ("purchasing", "Leitung Einkauf"), ("champion", "Leitung Qualität und Pharma"),
        ("finance", "Leitung Finanzen"), ("logistics", "Leitung Netz und Fuhrpark"), ("technical", "Leitung Depots"), ("", "Leitung IT"),
    ],
}  # fmt: skip
PLACES = {
    DAIRY: ("Самара", "Кинель", "Саратов"),
    KALTBERG: tuple(f"Depot {city}" for city in ["Leipzig", "Dresden", "Erfurt", "Magdeburg", "Halle", "Chemnitz", "Jena", "Zwickau", "Cottbus", "Gera", "Dessau", "Plauen"]),
}  # fmt: skip
PLACE_HEAD = {DAIRY: "Директор площадки", KALTBERG: "Depotleitung"}
MIDDLE = {
    DAIRY: [("user", "Начальник отдела закупок"), ("user", "Начальник лаборатории"), ("user", "Начальник цеха фасовки"), ("user", "Заведующий складом"), ("user", "Главный механик")],
    KALTBERG: [("user", "Disposition"), ("user", "Qualitätsbeauftragte"), ("user", "Lagerleitung")],
}  # fmt: skip
BOTTOM = {
    DAIRY: ("Мастер смены", "Специалист по закупкам", "Технолог", "Наладчик", "Кладовщик"),
    KALTBERG: ("Schichtleitung", "Lager", "Fahrdienst", "Wareneingang", "Kühltechnik", "Reinigung der Hüllen"),
}  # fmt: skip
BOARD_SIZE = 7
HOLES = {("finance", DAIRY), ("finance", KALTBERG)}


def plan_organisation(rng: np.random.Generator, plan: AccountPlan) -> list[PersonPlan]:
    """A board, the heads of every site under it, and their people; then two from outside."""
    name, country = plan.name, plan.country
    centre = CENTRE[name]
    people = [
        make_person(rng, country, role, title, chief=0 if at else None, division=centre,
                    unknown=(role, name) in HOLES)
        for at, (role, title) in enumerate(BOARD[name])
    ]  # fmt: skip
    sites = 1 if name == DAIRY else [r for r, _t in BOARD[name]].index("technical")
    middles: list[int] = []
    for place in PLACES[name]:
        head = len(people)
        people.append(_known(make_person(rng, country, "", PLACE_HEAD[name], chief=sites, division=place), rng))  # fmt: skip
        for role, title in MIDDLE[name]:
            middles.append(len(people))
            unknown = rng.random() < 0.06
            people.append(make_person(rng, country, role, title, chief=head, division=place, unknown=unknown))  # fmt: skip
    people += _outside(rng, country)
    while len(people) < SIZES[name]:
        chief = middles[len(people) % len(middles)]
        person = make_person(rng, country, "", pick(rng, BOTTOM[name]), chief=chief, division=people[chief].division)  # fmt: skip
        people.append(replace(person, power=0, stance=0, access=0, warmth=0.003))
    return _calm(people)


def _known(person: PersonPlan, rng) -> PersonPlan:
    return replace(person, power=2, stance=int(rng.integers(2, 6)), access=3, warmth=0.04)


def _outside(rng, country: str) -> list[PersonPlan]:
    rows = []
    speech = "ru" if country == "RU" else "de"
    for kind, words in (("consultant", CONSULTANTS), ("leader", LEADERS)):
        title, organisation = words[speech]
        person = make_person(rng, country, "", title, kind=kind, organisation=organisation)
        rows.append(replace(person, power=2, stance=4, access=3, warmth=0.4))
    return rows


def _calm(people: list[PersonPlan]) -> list[PersonPlan]:
    """Of many with the same work those at the top carry weight, and one in four was judged."""
    return [
        person if at < BOARD_SIZE or not person.role else _lesser(person, is_judged=at % 4 == 0)
        for at, person in enumerate(people)
    ]


def _lesser(person: PersonPlan, *, is_judged: bool) -> PersonPlan:
    person = replace(person, power=min(person.power, 2), warmth=person.warmth * 0.02)
    return person if is_judged else replace(person, power=0, stance=0, access=0)


def lines_between(rng: np.random.Generator, people: list[PersonPlan]) -> tuple[list, list]:
    """Pairs of who influences whom beside the reporting lines, and who is at odds."""
    heads = [i for i, p in enumerate(people) if p.power >= 2 and p.name and p.until is None]
    outside = [i for i, p in enumerate(people) if p.kind != "staff"]
    influences, conflicts = set(), set()
    for start in outside:
        end = pick(rng, heads)
        if end != start:
            influences.add((start, end))
    for _ in range(max(1, len(heads) // 3)):
        start, end = int(pick(rng, heads)), int(pick(rng, heads))
        if start != end and people[start].chief != end and (end, start) not in influences:
            influences.add((start, end))
    for _ in range(1 + len(heads) // 12):
        start, end = sorted((int(pick(rng, heads)), int(pick(rng, heads))))
        if start != end:
            conflicts.add((start, end))
    return sorted(influences), sorted(conflicts)
