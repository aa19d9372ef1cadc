"""A year of hiring as a plan: three vacancies at different stages and the people behind them."""

import datetime as dt
from dataclasses import dataclass, field

from hiring.choices import StageKind


@dataclass(frozen=True, slots=True)
class Text:
    """An advert in one language."""

    title: str
    intro: str
    duties: str
    wants: str
    offers: str


@dataclass(frozen=True, slots=True)
class VacancyPlan:
    """`opened` and `ended` are days ago; `sizes`: how many people came how far."""

    key: str
    title: str
    city: str
    country: str
    zone: str
    grade: int
    openings: int
    pay: tuple[int, int, str]
    team: str
    opened: int
    ended: int | None
    texts: dict[str, Text]
    sizes: dict[StageKind, int]


@dataclass(frozen=True, slots=True)
class CandidatePlan:
    """Days are days ago. `path` is the stages the person went through, with the day of each."""

    number: int
    vacancy: str
    name: str
    other_name: str
    language: str
    city: str
    country: str
    zone: str
    employer: str
    title: str
    years: int
    wish: int
    currency: str
    phone: str
    email: str
    source: str
    tier: str
    path: tuple[tuple[StageKind, int], ...]
    state: str
    ended: int | None
    ability: float
    user: str = ""


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """`day` is days from today, past ones below nought; `hour` is UTC."""

    vacancy: str
    day: int
    hour: int
    seats: int
    raters: tuple[str, ...]


@dataclass
class HiringPlan:
    vacancies: list[VacancyPlan]
    candidates: list[CandidatePlan]
    sessions: list[SessionPlan]
    today: dt.date
    by_vacancy: dict[str, list[CandidatePlan]] = field(default_factory=dict)
