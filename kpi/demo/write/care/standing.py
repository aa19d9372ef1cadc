"""Grades with their history, what managers speak and can carry, and the company's own figures."""

from accounts.models import CareSettings, ManagerProfile
from kpi.demo import care
from kpi.demo.people import PEOPLE, Person
from kpi.demo.write import World
from people.models import Employment


def write_employments(world: World) -> None:
    """Before the first night: nobody without a grade may own a key account."""
    director = world.users["marina_sokolova"]
    Employment.objects.bulk_create(
        Employment(
            user=world.users[person.key],
            valid_from=world.day(began),
            valid_to=None if ended is None else world.day(ended),
            grade=grade,
            on_probation=on_probation,
            reason=reason,
            made_by=director,
            made_at=world.at(began, 8),
        )
        for person in PEOPLE
        for began, ended, grade, on_probation, reason in _spans(person)
    )


def _spans(person: Person) -> list[tuple[int, int | None, int | None, bool, str]]:
    """(from, to, grade, on probation, why), oldest first."""
    if person.key == care.NEWCOMER:
        return [(care.HALF, None, None, True, "Испытательный срок")]
    if person.key == care.PASSED:
        began, ended = care.TRIAL_BEGAN, care.TRIAL_ENDED
        return [
            (began, ended, None, True, "Probation"),
            (ended, None, care.PRACTISED, False, "Probation passed"),
        ]
    steps = care.GRADES.get(person.key) or [(person.joined_days_ago - 1, None, "")]
    ends = [*(ago for ago, _grade, _why in steps[1:]), None]
    return [
        (ago, end, grade, False, why) for (ago, grade, why), end in zip(steps, ends, strict=True)
    ]


def write_profiles(world: World) -> None:
    CareSettings.objects.update_or_create(
        pk=1, defaults={"hours_by_tier": care.HOURS, "most_regular": care.MOST_REGULAR}
    )
    segments = {account.segment.code: account.segment for account in world.accounts}
    places = {account.territory.code: account.territory for account in world.accounts}
    for person in PEOPLE:
        plan = care.PROFILES.get(person.key)
        if plan is None:
            continue
        profile = ManagerProfile.objects.create(
            user=world.users[person.key], languages=list(plan.languages), phone=plan.phone,
            hours_a_month=plan.hours, most_regular=plan.most_regular,
        )  # fmt: skip
        profile.segments.set(segments[code] for code in plan.segments if code in segments)
        profile.territories.set(places[code] for code in person.territories if code in places)
