"""Who of our own staff may be thought of for a vacancy, and who may judge others for it."""

from django.db.models import QuerySet

from people.choices import Role
from people.models import Membership, Team, User, company_day

RATERS = (Role.INTERVIEWER, Role.RECRUITER, Role.DIRECTOR, Role.KAM)


def possible_raters() -> QuerySet[User]:
    """Who could watch, score or grade: everybody with work in sales or hiring."""
    rows = User.objects.active().filter(role_grants__role__in=RATERS)
    return rows.distinct().order_by("name", "pk")


def colleagues_to_add(reader: User) -> QuerySet[User]:
    """Active people but for the reader and those whom the reader leads."""
    led = Team.objects.filter(lead=reader).values("pk")
    below = Membership.objects.on(company_day()).filter(team__in=led).values("user")
    return User.objects.active().exclude(pk=reader.pk).exclude(pk__in=below).order_by("name", "pk")
