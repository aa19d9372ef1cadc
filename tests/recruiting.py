"""Small makers of what hiring is about: vacancies with their stages, candidates, sessions."""

import datetime as dt
from itertools import count

from django.utils import timezone

from common import firms
from hiring.choices import (
    ClientMix,
    CompetencyGroup,
    ExerciseKind,
    OffLimitsKind,
    Seniority,
    SheetKind,
    StageKind,
    VacancyState,
    WorksWith,
)
from hiring.models import (
    Candidacy,
    Candidate,
    CandidateReach,
    Competency,
    Exercise,
    HomeTask,
    KnockOut,
    Mark,
    Observer,
    OffLimits,
    Profile,
    ProfileCompetency,
    Question,
    RejectReason,
    Seat,
    Session,
    Sheet,
    Stage,
    TestTask,
    TestTaskVersion,
    Vacancy,
)
from people.choices import Grade, Role
from people.models import User

numbers = count(1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def any_recruiter() -> User:
    return User.objects.holding(Role.RECRUITER).first()


def make_profile(name: str = "", **fields) -> Profile:
    defaults = {
        "grade": Grade.PRACTISED, "seniority": Seniority.MIDDLE,
        "clients": ClientMix.BIG, "works": WorksWith.ALONE,
    }  # fmt: skip
    return Profile.objects.create(name=name or f"Profile {next(numbers)}", **{**defaults, **fields})


def make_vacancy(title: str = "", *, recruiter: User | None = None, **fields) -> Vacancy:
    """An open, published vacancy with a stage of every kind."""
    number = next(numbers)
    title = title or f"Vacancy {number}"
    defaults = {
        "state": VacancyState.OPEN,
        "published_at": timezone.now() - DAY,
        "slug": f"vacancy-{number}",
        "texts": {"en": {"title": title, "intro": "Keep our largest customers."}},
        "recruiter": recruiter or any_recruiter(),
    }
    fields = {**defaults, **fields}
    fields.setdefault("profile", None)
    fields["profile"] = fields["profile"] or make_profile()
    vacancy = Vacancy.objects.create(title=title, **fields)
    Stage.objects.bulk_create(
        Stage(vacancy=vacancy, kind=kind, names={"en": kind.label.capitalize()}, position=place)
        for place, kind in enumerate(StageKind)
    )
    return vacancy


def vacancy_form(cast, **more) -> dict:
    """What a recruiter sends to write a vacancy."""
    return {
        "profile": make_profile().pk, "title": "KAM, Kazan", "openings": 2, "city": "Kazan",
        "recruiter": cast.rita.pk, "pay_currency": "RUB", "en_title": "Key account manager",
        "en_intro": "Keep three customers.", **more,
    }  # fmt: skip


def make_candidate(name: str | None = None, **fields) -> Candidate:
    return Candidate.objects.create(name=name or f"Candidate {next(numbers)}", **fields)


def make_candidacy(
    vacancy: Vacancy,
    candidate: Candidate | None = None,
    *,
    stage: str = StageKind.FOUND,
    **fields,
) -> Candidacy:
    """A candidacy in the vacancy's stage of this kind."""
    return Candidacy.objects.create(
        vacancy=vacancy,
        candidate=candidate or make_candidate(),
        stage=vacancy.stages.get(kind=stage),
        **fields,
    )


def make_off_limits(name: str, *, aliases: list[str] | None = None, **fields) -> OffLimits:
    names = [name, *(aliases or [])]
    defaults = {"kind": OffLimitsKind.CUSTOMER, "reason": "They pay us."}
    return OffLimits.objects.create(
        name=name, aliases=aliases or [], plain_names=[firms.plain_name(one) for one in names],
        **{**defaults, **fields},
    )  # fmt: skip


def make_session(vacancy: Vacancy, *, starts_at: dt.datetime | None = None, **fields) -> Session:
    """By default in two days; a little earlier where it would go past midnight, which a form
    refuses."""
    if starts_at is None:
        starts_at = timezone.now() + 2 * DAY
        if starts_at.hour >= 21:
            starts_at -= 3 * HOUR
    defaults = {"ends_at": starts_at + 3 * HOUR, "time_zone": "UTC", "seats": 8, "limit": 8}
    return Session.objects.create(vacancy=vacancy, starts_at=starts_at, **{**defaults, **fields})


def make_seat(session: Session, candidacy: Candidacy | None = None, **fields) -> Seat:
    candidacy = candidacy or make_candidacy(session.vacancy, stage=StageKind.SESSION)
    return Seat.objects.create(session=session, candidacy=candidacy, **fields)


def make_observer(session: Session, user: User, **fields) -> Observer:
    return Observer.objects.create(session=session, user=user, **fields)


def make_sheet(candidacy: Candidacy, rater: User, **fields) -> Sheet:
    """Asked of `rater`: from now on they may see the person, within the window."""
    return Sheet.objects.create(
        candidacy=candidacy, rater=rater, **{"kind": SheetKind.INTERVIEW, **fields}
    )


def make_competency(code: str = "", **fields) -> Competency:
    number = next(numbers)
    defaults = {
        "code": code or f"competency-{number}",
        "names": {"en": (code or f"Competency {number}").capitalize()},
        "group": CompetencyGroup.INTERVIEW,
        "anchors": {str(mark): {"en": f"{code} looks like {mark}"} for mark in range(1, 6)},
    }
    return Competency.objects.create(**{**defaults, **fields})


def make_weights(profile: Profile, **weights: int) -> dict[str, Competency]:
    """Competencies of the profile by code: make_weights(profile, relations=30, analysis=10)."""
    known = {row.code: row for row in Competency.objects.filter(code__in=weights)}
    made = {code: known.get(code) or make_competency(code) for code in weights}
    ProfileCompetency.objects.bulk_create(
        ProfileCompetency(profile=profile, competency=made[code], weight=weight, position=place)
        for place, (code, weight) in enumerate(weights.items())
    )
    return made


def make_marks(sheet: Sheet, exercise: Exercise | None = None, /, **values: int) -> list[Mark]:
    """Marks by the competency's code."""
    known = {
        competency.code: competency for competency in Competency.objects.filter(code__in=values)
    }
    return [
        Mark.objects.create(sheet=sheet, competency=known[code], exercise=exercise, value=value)
        for code, value in values.items()
    ]


def make_exercise(session: Session, **fields) -> Exercise:
    defaults = {"kind": ExerciseKind.LOSS, "names": {"en": f"Exercise {next(numbers)}"}}
    return Exercise.objects.create(session=session, **{**defaults, **fields})


def add_reach(candidate: Candidate, value: str, kind: str = "email", **fields) -> CandidateReach:
    place = candidate.reaches.count()
    normal = value.casefold() if kind == "email" else "".join(filter(str.isdigit, value))
    return CandidateReach.objects.create(
        candidate=candidate, kind=kind, value=value, normal=normal, position=place, **fields
    )


def make_question(vacancy: Vacancy, kind: str = "yes_no", **fields) -> Question:
    label = fields.pop("label", f"Question {next(numbers)}")
    return Question.objects.create(vacancy=vacancy, kind=kind, labels={"en": label}, **fields)


def make_rule(question: Question, operator: str = "is", value="yes", **fields) -> KnockOut:
    reason, _made = RejectReason.objects.get_or_create(
        code="requirement", defaults={"names": {"en": "A requirement is not met"}}
    )
    defaults = {"reason": reason, "explanation": "The work needs it."}
    return KnockOut.objects.create(
        question=question, operator=operator, value=value, **{**defaults, **fields}
    )


def make_version(**fields) -> TestTaskVersion:
    """The first version of a task for home."""
    number = next(numbers)
    task = TestTask.objects.create(
        code=f"task-{number}", names={"en": f"Task {number}"}, kind=ExerciseKind.LOSS, place="home"
    )
    defaults = {"number": 1, "texts": {"en": "A customer leaves."}, "guides": {"en": "Causes."}}
    return TestTaskVersion.objects.create(task=task, **{**defaults, **fields})


def make_home_task(candidacy: Candidacy, **fields) -> HomeTask:
    defaults = {
        "due_at": timezone.now() + 2 * DAY, "time_zone": "UTC", "code": f"T-{next(numbers):06d}",
    }  # fmt: skip
    version = fields.pop("version", None) or make_version()
    return HomeTask.objects.create(candidacy=candidacy, version=version, **{**defaults, **fields})
