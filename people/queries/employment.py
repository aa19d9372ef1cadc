"""Grade and probation of one person, as far as the reader may know."""

from dataclasses import dataclass

from people.models import Employment, User, company_day


@dataclass(frozen=True)
class EmploymentCard:
    """What somebody is today (None: nobody has said) and was and will be, newest first."""

    now: Employment | None
    rows: list[Employment]


def employment_card(reader: User, user: User) -> EmploymentCard:
    rows = Employment.objects.visible_to(reader).filter(user=user).select_related("made_by")
    found = list(rows.order_by("-valid_from", "-pk"))
    today = company_day()
    running = (row for row in found if row.valid_from <= today)
    now = next((row for row in running if not row.valid_to or row.valid_to > today), None)
    return EmploymentCard(now, found)
