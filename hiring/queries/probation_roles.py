"""What somebody is to one probation, and which of its accounts they may know by name."""

from django.db.models import Q, QuerySet

from hiring.models import Probation
from hiring.rules import probation as rules
from people.choices import Role
from people.models import Membership, User, company_day


def roles_in(probation: Probation, reader: User) -> set[str]:
    """Several at once: a director may be the lead; whoever is the newcomer decides nothing."""
    is_to_it = {
        rules.DIRECTOR: reader.is_director,
        rules.RECRUITER: Role.RECRUITER in reader.roles,
        rules.LEAD: probation.lead_id == reader.pk,
        rules.NEWCOMER: probation.user_id == reader.pk,
    }
    return {role for role, held in is_to_it.items() if held}


def sees_accounts(probation: Probation, reader: User) -> bool:
    """Recruiters judge by shares; accounts and their money are for those who work with them."""
    near = (probation.user_id, probation.mentor_id, probation.lead_id)
    return reader.is_director or reader.pk in near


def sees_controls(reader: User) -> bool:
    """Who is compared with is nobody's business but the directors': they are others' accounts."""
    return reader.is_director


def lead_of(user: User) -> User | None:
    """Who leads the team they belong to today."""
    row = Membership.objects.on(company_day()).filter(user=user).select_related("team__lead")
    found = row.exclude(team__lead=None).exclude(team__lead=user).first()
    return found.team.lead if found else None


def may_lead() -> QuerySet[User]:
    """Who may mentor or lead: active managers and directors."""
    roles = Q(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
    return User.objects.active().filter(roles).distinct().order_by("name", "pk")
