"""Who of our own staff may be thought of for a vacancy."""

from django.db.models import QuerySet

from people.models import Membership, Team, User, company_day


def colleagues_to_add(reader: User) -> QuerySet[User]:
    """Active people but for the reader and those whom the reader leads."""
    led = Team.objects.filter(lead=reader).values("pk")
    below = Membership.objects.on(company_day()).filter(team__in=led).values("user")
    return User.objects.active().exclude(pk=reader.pk).exclude(pk__in=below).order_by("name", "pk")
