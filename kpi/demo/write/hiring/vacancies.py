"""Profiles, vacancies with their stages, where is searched and where is not."""

from dataclasses import asdict

from accounts.models import Segment
from common.firms import plain_name
from hiring.choices import ClientMix, Seniority, TierKind, VacancyState, WorksWith
from hiring.commands.stage import install_stages
from hiring.commands.vacancy import DONE, free_slug
from hiring.models import (
    Competency,
    OffLimits,
    Profile,
    ProfileCompetency,
    SearchTier,
    TargetCompany,
    Vacancy,
)
from kpi.demo.hiring import VacancyPlan
from kpi.demo.hiring.lore import NICHES, OFF_LIMITS, TARGETS
from kpi.demo.people import TEAMS
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book
from kpi.demo.write.past import event_of
from people.models import Event, Team

WEIGHTS = (30, 25, 15, 15, 15)
MUST = [
    "Two years of selling to businesses",
    "Reckons what a customer gains",
    "Travels in the region",
]
COMMISSIONS = {
    "en": "5 % of large deals, 10 % of medium ones, paid monthly.",
    "ru": "5 % с крупных сделок, 10 % со средних, выплата каждый месяц.",
    "es": "5 % de las operaciones grandes, 10 % de las medianas, pagado cada mes.",
    "it": "5 % sugli affari grandi, 10 % su quelli medi, pagato ogni mese.",
}
OUT = ["No experience in selling", "Cannot travel"]


def write_vacancies(world: World, book: Book) -> None:
    for plan in book.plan.vacancies:
        vacancy = _vacancy(world, plan)
        book.vacancies[plan.key] = vacancy
        install_stages(vacancy)
        for stage in vacancy.stages.all():
            book.stages[plan.key, stage.kind] = stage
        _tiers(world, book, plan, vacancy)
        _history(world, plan, vacancy)
    _off_limits(world)


def _vacancy(world: World, plan: VacancyPlan) -> Vacancy:
    recruiter, director = world.users["natalia_orlova"], world.users["marina_sokolova"]
    low, high, currency = plan.pay
    profile = Profile.objects.create(
        name=plan.title, grade=plan.grade, clients=ClientMix.MIXED, works=WorksWith.ALONE,
        seniority=Seniority.JUNIOR if plan.grade == 1 else Seniority.MIDDLE,
        segment=Segment.objects.first(), must_haves=MUST, knock_outs=OUT,
        duties=next(iter(plan.texts.values())).duties, pay_from=low, pay_to=high,
        pay_currency=currency, commissions=COMMISSIONS,
        created_by=recruiter, created_at=world.at(plan.opened + 12),
    )  # fmt: skip
    ProfileCompetency.objects.bulk_create(
        ProfileCompetency(profile=profile, competency=competency, weight=weight, position=place)
        for place, (competency, weight) in enumerate(
            zip(Competency.objects.order_by("position"), WEIGHTS, strict=False)
        )
    )
    is_over = plan.ended is not None
    return Vacancy.objects.create(
        profile=profile, title=plan.title, slug=free_slug(plan.title), city=plan.city,
        texts={code: asdict(text) for code, text in plan.texts.items()},
        country=plan.country, time_zone=plan.zone, openings=plan.openings, recruiter=recruiter,
        state=VacancyState.FILLED if is_over else VacancyState.OPEN,
        team=Team.objects.get(name=TEAMS[plan.team][0]),
        pay_from=low, pay_to=high, pay_currency=currency,
        closes_on=None if is_over else world.day(plan.opened - 45),
        proposed_by=recruiter, proposed_at=world.at(plan.opened + 4),
        approved_by=director, approved_at=world.at(plan.opened + 2, 16),
        published_at=world.at(plan.opened), ended_at=world.at(plan.ended) if is_over else None,
        created_by=recruiter, created_at=world.at(plan.opened + 9),
    )  # fmt: skip


def _history(world: World, plan: VacancyPlan, vacancy: Vacancy) -> None:
    """Written and proposed by the recruiter, decided by the director, as the vacancy says."""
    recruiter, profile = vacancy.recruiter, vacancy.profile
    steps = [
        (recruiter, "propose", vacancy.proposed_at, VacancyState.PROPOSED),
        (vacancy.approved_by, "approve", vacancy.approved_at, VacancyState.APPROVED),
        (recruiter, "publish", vacancy.published_at, VacancyState.OPEN),
        (recruiter, "fill", vacancy.ended_at, VacancyState.FILLED),
    ]
    events = [
        event_of(recruiter, "profile.created", profile, profile.created_at, {}),
        event_of(recruiter, "vacancy.created", vacancy, vacancy.created_at, {}),
    ]
    before = VacancyState.DRAFT
    for actor, action, at, after in steps:
        if at is not None:
            data = {"reason": "", "changes": {"state": [str(before), str(after)]}}
            events.append(event_of(actor, DONE[action], vacancy, at, data))
        before = after
    Event.objects.bulk_create(events)


def _tiers(world: World, book: Book, plan: VacancyPlan, vacancy: Vacancy) -> None:
    """The second circle opened a week after the first, the third another week later."""
    for place, kind in enumerate((TierKind.OWN_MARKET, TierKind.NICHE, TierKind.EVERYONE)):
        opened = plan.opened - place * min(7, plan.opened // 4)
        tier = SearchTier.objects.create(
            vacancy=vacancy, kind=kind, position=place, opened_at=world.at(opened, 9),
            opened_by=world.users["natalia_orlova"],
            note="Suppliers of food and pharma producers" if kind == TierKind.NICHE else "",
            opened_because="The advert brings people anyway" if place == 2 else "",
        )  # fmt: skip
        book.tiers[plan.key, kind] = tier
        names = {TierKind.OWN_MARKET: TARGETS, TierKind.NICHE: NICHES}.get(kind, {})
        TargetCompany.objects.bulk_create(
            TargetCompany(
                tier=tier, name=name, plain=plain_name(name), why="Sells to the same buyers"
            )
            for name in names.get(plan.key, ())
        )


def _off_limits(world: World) -> None:
    for kind, name, reason, days in OFF_LIMITS:
        OffLimits.objects.create(
            kind=kind, name=name, plain_names=[plain_name(name)], reason=reason,
            until=world.day(-days) if days else None, made_by=world.users["marina_sokolova"],
            made_at=world.at(200),
        )  # fmt: skip
