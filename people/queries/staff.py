"""Who leads whom, and who is away: what is asked about colleagues all over."""

import datetime as dt
from collections.abc import Collection

from people.models import Absence, Membership, User, company_day


def may_plan_for(actor: User, user: User) -> bool:
    """Times away are noted by oneself, by who leads one's team today, and by directors."""
    if actor.pk == user.pk or actor.is_director:
        return True
    return Membership.objects.on(company_day()).filter(user=user, team__lead=actor).exists()


def lead_of(user: User) -> User | None:
    """Who leads the team of `user` today and works with customers themselves; not `user`."""
    rows = Membership.objects.on(company_day()).filter(user=user, team__lead__is_active=True)
    row = rows.exclude(team__lead=user).select_related("team__lead").first()
    lead = row and row.team.lead
    return lead if lead and lead.sells else None


def absences_between(
    user_ids: Collection[int], start: dt.date, to: dt.date
) -> dict[int, list[Absence]]:
    """Of these people, those that fall into [start, to), the earliest first."""
    found: dict[int, list[Absence]] = {pk: [] for pk in user_ids}
    for row in Absence.objects.live().between(start, to).filter(user__in=user_ids):
        found[row.user_id].append(row)
    return found
