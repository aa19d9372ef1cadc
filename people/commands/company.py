from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from people.choices import Role
from people.commands.event import apply_changes, record
from people.models import Company, RoleGrant, User


@transaction.atomic
def set_up(
    *,
    email: str,
    person: str,
    password: str,
    company: str,
    currency: str,
    language: str,
    time_zone: str,
) -> User:
    """The first director and the company, once. Of two browsers at once the second is refused."""
    Company.objects.get_or_create(pk=1)
    row = Company.objects.select_for_update().get(pk=1)
    if User.objects.exists():
        raise RuleBroken(_("KAM Hub has been set up already. Sign in, or ask for an invitation."))
    row.name, row.currency, row.language, row.time_zone = company, currency, language, time_zone
    row.set_up_at = timezone.now()
    row.save()
    director = User.objects.create_user(
        email=email, password=password, name=person, language=language
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(user=director, role=role) for role in (Role.DIRECTOR, Role.ADMINISTRATOR)
    )
    record(actor=director, verb="company.set_up", target=row, name=company)
    return director


@transaction.atomic
def update_company(
    *,
    actor: User,
    name: str,
    language: str,
    time_zone: str,
    night_hour: int,
    second_factor_roles: list[str],
) -> Company:
    """Everything but the currency, which the ledger depends on (accounts.commands)."""
    row = Company.objects.select_for_update().get(pk=1)
    if not actor.manages_people:
        raise RuleBroken(_("Only a director or an administrator may change this."))
    changes = apply_changes(
        row,
        {
            "name": name,
            "language": language,
            "time_zone": time_zone,
            "night_hour": night_hour,
            "second_factor_roles": sorted(second_factor_roles),
        },
    )
    if changes:
        record(actor=actor, verb="company.changed", target=row, changes=changes)
    return row


@transaction.atomic
def change_currency(*, actor: User, currency: str) -> Company:
    """Ask accounts.commands.change_currency instead: it knows whether there is a ledger."""
    row = Company.objects.select_for_update().get(pk=1)
    if not actor.is_director:
        raise RuleBroken(_("Only a director may change the currency."))
    changes = apply_changes(row, {"currency": currency})
    if changes:
        record(actor=actor, verb="company.changed", target=row, changes=changes)
    return row
