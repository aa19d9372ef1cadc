"""Ask for a vacancy because managers will be missing: a draft for a recruiter, one per gap."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import VacancyState
from hiring.commands.vacancy import MOST_OPENINGS, write_draft
from hiring.models import Need, Profile
from hiring.queries import notices
from hiring.queries.need import CERTAINTIES, UNDER_WAY
from people import verbs
from people.choices import Role
from people.commands import record, tell
from people.models import Company, User

verbs.register({"vacancy.asked_for": gettext_lazy("Asked for, because managers will be missing")})
ENDED = (VacancyState.FILLED, VacancyState.CLOSED)


@transaction.atomic
def ask_vacancy(
    *,
    actor: User,
    profile_id: int,
    title: str,
    hires: int,
    invited: int,
    missing: int,
    months: int,
    certainty: int,
    reckoning: dict,
    rule_version: str,
) -> Need:
    """A draft with so many openings for the recruiter with the fewest vacancies under way.

    The recruiter proposes it and a director approves it as any other: asking is not approving.
    """
    if not actor.is_director:
        raise RuleBroken(_("Only directors ask for managers."))
    Company.objects.select_for_update().get(pk=Company.current().pk)  # one asks at a time
    under_way = Need.objects.filter(UNDER_WAY).select_related("vacancy").first()
    if under_way:
        words = _("A vacancy for this gap is under way already: %(title)s.")
        raise RuleBroken(words % {"title": under_way.vacancy.title})
    if hires < 1 or certainty not in CERTAINTIES:
        raise RuleBroken(_("At this certainty nobody is missing."))
    if hires > MOST_OPENINGS:
        raise RuleBroken(_("One vacancy has at most 99 openings; choose a lower certainty."))
    profile = Profile.objects.visible_to(actor).get(pk=profile_id, archived_at=None)
    recruiter = _recruiter()
    vacancy = write_draft(
        profile=profile, title=title, author=None, recruiter=recruiter, openings=hires
    )
    need = Need.objects.create(
        vacancy=vacancy, asked_by=actor, months=months, certainty=certainty, missing=missing,
        hires=hires, invited=invited, reckoning=reckoning, rule_version=rule_version,
    )  # fmt: skip
    record(actor=actor, verb="vacancy.asked_for", target=vacancy, hires=hires, months=months)
    if recruiter.pk != actor.pk:
        cause = f"{notices.VACANCY_ASKED}:{vacancy.pk}"
        tell(user=recruiter, kind=notices.VACANCY_ASKED, target=vacancy, cause=cause)
    return need


def _recruiter() -> User:
    busy = Count("vacancies", filter=~Q(vacancies__state__in=ENDED), distinct=True)
    people = User.objects.active().filter(role_grants__role=Role.RECRUITER)
    found = people.annotate(busy=busy).order_by("busy", "created_at", "pk").first()
    if found is None:
        raise RuleBroken(_("Nobody is a recruiter yet; invite one under Settings, People."))
    return found
