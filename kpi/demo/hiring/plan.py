"""Draws the candidates: who they are, where from, how far they came, on which days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from hiring.choices import CandidacyState, Source, StageKind, TierKind
from kpi.demo.field.names import latin, person_name
from kpi.demo.hiring import CandidatePlan, HiringPlan, VacancyPlan
from kpi.demo.hiring.lore import CITIES, EMPLOYERS, NICHES, SESSIONS, TARGETS, TITLES, VACANCIES

STREAM = 40
ROAD = [
    StageKind.FOUND, StageKind.CALL, StageKind.FORM, StageKind.INVITE, StageKind.SESSION,
    StageKind.TASK, StageKind.DECISION, StageKind.OFFER, StageKind.HIRED,
]  # fmt: skip
# Of those who stand still in a stage of an open vacancy, the share that is out already.
GONE = {StageKind.FOUND: 0.0, StageKind.CALL: 0.4, StageKind.FORM: 0.35, StageKind.INVITE: 0.0,
        StageKind.SESSION: 0.45, StageKind.TASK: 0.0, StageKind.DECISION: 0.0}  # fmt: skip
# Colleagues who stand for a vacancy: (vacancy, how far) → user.
INTERNAL = {
    ("petersburg", StageKind.INVITE): "katrin_tamm",
    ("urals", StageKind.HIRED): "darya_kim",
}


def plan_hiring(
    *, today: dt.date, rng: Callable[..., np.random.Generator], candidates: int = 0
) -> HiringPlan:
    """120 people for three vacancies; with a larger number the rest come to call for the first."""
    plan = HiringPlan(VACANCIES, [], SESSIONS, today)
    by_vacancy: dict[str, list[CandidatePlan]] = defaultdict(list)
    for place, vacancy in enumerate(VACANCIES):
        draw = rng(STREAM, place)
        for stage, people in vacancy.sizes.items():
            for index in range(people):
                user = INTERNAL.get((vacancy.key, stage), "") if index == 0 else ""
                row = _candidate(draw, len(plan.candidates), vacancy, stage, user)
                plan.candidates.append(row)
                by_vacancy[vacancy.key].append(row)
    more, first = rng(STREAM, len(VACANCIES)), VACANCIES[0]
    for number in range(len(plan.candidates), candidates):
        row = _candidate(more, number, first, StageKind.CALL, "")
        plan.candidates.append(row)
        by_vacancy[first.key].append(row)
    plan.by_vacancy = dict(by_vacancy)
    return plan


def _candidate(
    rng: np.random.Generator, number: int, vacancy: VacancyPlan, stage: StageKind, user: str
) -> CandidatePlan:
    country = vacancy.country
    named = person_name(rng, country)
    other = named.get("other_name") or latin(named["name"])
    employer, source, tier = _origin(rng, vacancy)
    applied = source == Source.FORM
    path = _path(rng, vacancy, stage, applied=applied)
    state, ended = _end(rng, vacancy, stage, path[-1][1])
    low, high, currency = vacancy.pay
    wish = int(round(float(rng.uniform(low * 0.85, high * 1.12)) / 100) * 100)
    given = latin(named["name"]).lower().replace(" ", ".").replace("'", "")
    return CandidatePlan(
        number=number, vacancy=vacancy.key, name=named["name"],
        other_name=other if other != named["name"] else "",
        language="ru" if country == "RU" else "en",
        city=_pick(rng, CITIES[vacancy.key]), country=country, zone=vacancy.zone,
        employer=employer, title=_pick(rng, TITLES[country].split("|")),
        years=int(rng.integers(1, 12)), wish=wish, currency=currency,
        phone=_phone(number, country), email=f"{given}.{number}@mail.example",
        source=Source.INTERNAL if user else source, tier=tier, path=path, state=state,
        ended=ended, ability=_ability(rng, stage), user=user,
    )  # fmt: skip


def _origin(rng: np.random.Generator, vacancy: VacancyPlan) -> tuple[str, str, str]:
    """(employer, source, tier of the search)."""
    kind = rng.random()
    if kind < 0.35:
        return _pick(rng, TARGETS[vacancy.key]), Source.TARGET, TierKind.OWN_MARKET
    if kind < 0.5:
        return _pick(rng, NICHES[vacancy.key]), Source.LINKEDIN, TierKind.NICHE
    employer = _pick(rng, EMPLOYERS[vacancy.country].split("|"))
    source = Source.HH if vacancy.country == "RU" and rng.random() < 0.5 else Source.FORM
    return employer, source, TierKind.EVERYONE


def _path(
    rng: np.random.Generator, vacancy: VacancyPlan, stage: StageKind, *, applied: bool
) -> tuple[tuple[StageKind, int], ...]:
    """Stages with days ago, never later than yesterday; who applied begins with the form."""
    first = ROAD.index(StageKind.FORM) if applied else 0
    kinds = ROAD[min(first, ROAD.index(stage)) : ROAD.index(stage) + 1]
    last = vacancy.ended or 1
    room = vacancy.opened - last
    begin = vacancy.opened - int(rng.integers(0, max(2, room // 3)))
    step = max(1, (begin - last) // max(len(kinds), 2))
    return tuple(
        (kind, max(last, begin - place * step - int(rng.integers(0, 2))))
        for place, kind in enumerate(kinds)
    )


def _end(
    rng: np.random.Generator, vacancy: VacancyPlan, stage: StageKind, entered: int
) -> tuple[str, int | None]:
    """How it stands, and how many days ago it ended."""
    if stage == StageKind.HIRED:
        return CandidacyState.HIRED, vacancy.ended
    out = vacancy.ended is not None or rng.random() < GONE.get(stage, 0)
    if not out:
        return CandidacyState.ACTIVE, None
    state = CandidacyState.WITHDRAWN if rng.random() < 0.3 else CandidacyState.REJECTED
    return state, max(vacancy.ended or 0, entered - int(rng.integers(0, 3)), 0)


def _ability(rng: np.random.Generator, stage: StageKind) -> float:
    """Who came further had shown more."""
    mean = 4.2 if ROAD.index(stage) > ROAD.index(StageKind.SESSION) else 2.7
    return float(np.clip(rng.normal(mean, 0.5), 1.2, 4.9))


def _phone(number: int, country: str) -> str:
    """Numbers that shows and books use: none of them rings."""
    return f"+7 495 555-{number % 100:02d}-{10 + number // 100:02d}" if country == "RU" else (
        f"+49 40 5550{number:03d}"
    )  # fmt: skip


def _pick(rng: np.random.Generator, items):
    return items[int(rng.integers(len(items)))]
