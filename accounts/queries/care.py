"""The figures for care one by one, and what the grade asked for comes to."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Assignment, CareSettings
from accounts.queries.gate import standings
from accounts.rules import care as rule
from accounts.rules import gate as rules
from people.choices import Grade, Role
from people.models import Employment, User, company_day

FIELDS = (*rule.RANGES, "pulse_days", *rule.HOURS)


def values_of(row: CareSettings) -> dict:
    return {name: getattr(row, name) for name in FIELDS}


def flat(row: CareSettings) -> dict:
    """The figures one by one, as the form names and shows them: "hours_by_tier_A"."""
    found = {name: getattr(row, name) for name in rule.RANGES}
    found["pulse_days"] = ", ".join(str(day) for day in row.pulse_days)
    for name in rule.HOURS:
        hours = getattr(row, name)
        found |= {f"{name}_{tier}": rule.tidy(hours.get(tier, 0)) for tier in rule.TIERS}
    return found


@dataclass(frozen=True)
class GradeLine:
    """With this grade asked for, `managers` may own a key account; `leaving` of those that ask for
    no grade of their own would come under a director's control."""

    grade: Grade
    managers: int
    leaving: int


def grade_lines(day: dt.date | None = None) -> list[GradeLine]:
    """One line a grade; the same number of queries however many accounts there are."""
    day = day or company_day()
    kams = User.objects.active().holding(Role.KAM).values("pk")
    able = Employment.objects.on(day).filter(on_probation=False, user__in=kams)
    grades = [grade for grade in able.values_list("grade", flat=True) if grade]
    owners = (
        Assignment.objects.owners()
        .on(day)
        .filter(account__score__is_key=True, account__grade_needed=None, expires_at=None)
    )
    directors = set(User.objects.active().holding(Role.DIRECTOR).values_list("pk", flat=True))
    users = list(owners.values_list("user", flat=True))
    known = standings(set(users), day)

    def leaves(user: int, needed: int) -> bool:
        refusal = rules.refusal(
            role="owner", is_key=True, is_director=user in directors, grade=known[user].grade,
            on_probation=known[user].on_probation, needed=needed,
        )  # fmt: skip
        return refusal is not None

    return [
        GradeLine(
            grade,
            sum(one >= grade for one in grades),
            sum(leaves(user, grade) for user in users),
        )
        for grade in Grade
    ]
