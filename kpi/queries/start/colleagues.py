"""Who works here: teams with their leads, for those whose own work comes later."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Membership, Team, User, company_day


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team and its people today; `team` None gathers those who belong to none."""

    name: str
    lead: User | None
    people: list[User]


def teams(user: User) -> list[TeamCard]:
    today = company_day()
    active = User.objects.visible_to(user).filter(is_active=True)
    members: dict[int, list[User]] = {}
    seen = set()
    for row in Membership.objects.on(today).filter(user__in=active).select_related("user"):
        members.setdefault(row.team_id, []).append(row.user)
        seen.add(row.user_id)
    cards = []
    for team in Team.objects.select_related("lead"):
        people = [person for person in members.get(team.pk, []) if person.pk != team.lead_id]
        cards.append(TeamCard(team.name, team.lead, sorted(people, key=lambda p: p.name)))
    rest = list(active.exclude(pk__in=seen).exclude(pk__in=[c.lead.pk for c in cards if c.lead]))
    return [*cards, TeamCard(_("Without a team"), None, rest)] if rest else cards
