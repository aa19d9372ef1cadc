"""Who may be chosen as the new manager; and of the others why not, in few words."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, GateOverride
from accounts.queries.gate import grade_needed, is_key, standings
from accounts.rules import gate
from people.choices import Role
from people.models import User, company_day


def takers_for(account: Account) -> tuple[QuerySet[User], dict[int, str]]:
    """Managers and directors, without the present owner; {user: why the gate does not let them}."""
    people = User.objects.active().filter(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
    owners = account.assignments.owners().today().values("user")
    people = people.exclude(pk__in=owners).distinct().order_by("name", "pk")
    if not is_key(account):
        return people, {}
    ids = list(people.values_list("pk", flat=True))
    directors = set(
        User.objects.holding(Role.DIRECTOR).filter(pk__in=ids).values_list("pk", flat=True)
    )
    through = set(
        GateOverride.objects.at(timezone.now())
        .filter(account=account)
        .values_list("user", flat=True)
    )
    needed = grade_needed(account)
    words = {
        gate.Refusal.PROBATION: _("on probation"),
        gate.Refusal.UNGRADED: _("no grade yet"),
        gate.Refusal.GRADE: _("grade too low"),
    }
    refused = {}
    for pk, standing in standings(ids, company_day()).items():
        found = gate.refusal(
            role="owner", is_key=True, is_director=pk in directors, grade=standing.grade,
            on_probation=standing.on_probation, needed=needed,
        )  # fmt: skip
        if found and pk not in through:
            refused[pk] = words[found]
    return people, refused
