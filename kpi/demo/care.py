"""Grades, languages, trials, handovers and absences of Severpack's managers, as plain facts.

Times are days before today, as in kpi.demo.company; a negative number lies ahead.
"""

from dataclasses import dataclass

from kpi.demo.company import HANDED
from people.choices import Grade

TRAINED, PRACTISED, MASTER = Grade.TRAINED, Grade.PRACTISED, Grade.MASTER
NEWCOMER, PASSED = "darya_kim", "lukas_brandt"
HALF = 45  # the newcomer's trial began so long ago
TRIAL_BEGAN, TRIAL_DAYS, TRIAL_ENDED = 415, 180, 236  # of whom has passed since

# What Severpack reckons with: its customers are met less often than the shipped figures say.
HOURS = {"A": 3, "B": 1.5, "C": 0.5, "N": 0.25}
MOST_REGULAR = 30

# (days ago, grade, why); the first day of somebody counts from the day they joined.
GRADES: dict[str, list[tuple[int, Grade | None, str]]] = {
    "anna_lindqvist": [(2190, PRACTISED, ""), (1300, MASTER, "Five key accounts kept for four years")],
    "jonas_weber": [(2190, TRAINED, ""), (1150, PRACTISED, "Won Kaltberg with an offer of his own")],
    "katrin_tamm": [(2190, TRAINED, "")],
    "elena_vorontsova": [(2190, PRACTISED, ""), (1500, MASTER, "Ведёт команду, удержала оба ключевых аккаунта в 2022 году")],
    "igor_lebedev": [(2190, TRAINED, ""), (1400, PRACTISED, "Индивидуальные предложения для «Молочного двора»")],
    "oleg_ryabinin": [(800, TRAINED, ""), (520, PRACTISED, "Переговоры с «Заречьем» провёл сам")],
    "timur_akhmetov": [(1100, TRAINED, "")],
    "marco_bianchi": [(2190, PRACTISED, ""), (1250, MASTER, "Tre clienti chiave portati dalla concorrenza")],
    "giulia_ferrante": [(950, TRAINED, ""), (610, PRACTISED, "Offerta su misura per Iberagua")],
    "lucia_herrero": [(640, TRAINED, ""), (430, PRACTISED, "Plan de recambios de Laboratorios Vega")],
}  # fmt: skip


@dataclass(frozen=True)
class ProfilePlan:
    """What a manager speaks, and their own limits where they are not the company's."""

    languages: tuple[str, ...]
    segments: tuple[str, ...] = ()
    hours: int | None = None
    most_regular: int | None = None
    phone: str = ""


PROFILES: dict[str, ProfilePlan] = {
    "marina_sokolova": ProfilePlan(("ru", "en"), hours=60, phone="+7 495 555-01-00"),
    "anna_lindqvist": ProfilePlan(("en", "de", "sv"), ("ready_meals", "dairy"), phone="+49 40 5550101"),
    "jonas_weber": ProfilePlan(("de", "en"), ("cold_chain",), phone="+49 341 5550102"),
    "katrin_tamm": ProfilePlan(("et", "fi", "en"), phone="+372 6 555 0103"),
    "lukas_brandt": ProfilePlan(("de", "en", "fr"), ("dairy", "bakery"), phone="+49 40 5550104"),
    "elena_vorontsova": ProfilePlan(("ru", "en"), ("confectionery", "pharma"), phone="+7 812 555-01-05"),
    "igor_lebedev": ProfilePlan(("ru", "en"), ("dairy",), phone="+7 846 555-01-06"),
    "oleg_ryabinin": ProfilePlan(("ru",), ("agriculture", "hardware"), phone="+7 843 555-01-07"),
    "darya_kim": ProfilePlan(("ru", "en")),
    # Small customers, mostly by telephone.
    "timur_akhmetov": ProfilePlan(("ru", "kk"), most_regular=55, phone="+7 727 555-01-09"),
    "marco_bianchi": ProfilePlan(("it", "es", "en"), ("milling",), phone="+39 02 5550110"),
    "giulia_ferrante": ProfilePlan(("it", "es"), ("pharma", "coffee"), phone="+39 081 5550111"),
    "lucia_herrero": ProfilePlan(("es", "en"), ("cosmetics", "beverages"), phone="+34 96 5550112"),
}  # fmt: skip

HANDOVER_BEGAN = HANDED + 41
