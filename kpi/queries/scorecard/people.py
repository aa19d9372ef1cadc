"""Whose figures a reader may read: directors all, leads their team's, managers their own."""

from django.db.models import QuerySet

from kpi.queries.capacity.people import people_of
from people.models import User, company_day


def scored_people(reader: User) -> QuerySet[User]:
    """Nobody for readers who neither manage accounts nor direct."""
    if not (reader.is_director or reader.is_kam):
        return User.objects.none()
    return people_of(reader, company_day())


def leads(reader: User, manager: User) -> bool:
    """May hold a one-to-one with them: directors with everybody, leads with their team."""
    return reader.pk != manager.pk and scored_people(reader).filter(pk=manager.pk).exists()
