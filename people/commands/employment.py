"""Grade and probation, from a day on. The past keeps its answer."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from people import rules, verbs
from people.choices import Grade
from people.commands.event import record
from people.models import Employment, User, company_day

verbs.register({"user.employment_changed": gettext_lazy("Grade or probation changed")})
FIELDS = ("grade", "on_probation")
verbs.register_elsewhere("people.user", {name: ("people.employment", name) for name in FIELDS})


@transaction.atomic
def enter_employment(
    *,
    actor: User,
    user: User,
    day: dt.date,
    grade: int | None,
    on_probation: bool = False,
    reason: str = "",
) -> Employment:
    """By hand: directors and administrators, who say why. Only a director ends a probation so."""
    if not rules.may_manage(actor.roles, user.roles):
        raise RuleBroken(_("Only a director may do this to a director."))
    if not reason.strip():
        raise RuleBroken(_("Say what this rests on: a contract, a review, a passed probation."))
    before = Employment.objects.filter(user=user).on(day).first()
    if before and before.on_probation and not on_probation and not actor.is_director:
        raise RuleBroken(_("Only a director ends a probation."))
    return set_employment(
        actor=actor, user=user, day=day, grade=grade, on_probation=on_probation,
        reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def set_employment(
    *,
    actor: User | None,
    user: User,
    day: dt.date,
    grade: int | None,
    on_probation: bool = False,
    reason: str = "",
) -> Employment:
    """What `user` is from `day` (today or later) on; what was planned for later days goes.

    `actor` None: the system, on behalf of a decision recorded elsewhere.
    """
    if day < company_day():
        raise RuleBroken(_("The past is not rewritten: choose today or a later day."))
    if grade is not None and grade not in Grade.values:
        raise RuleBroken(_("There is no such grade."))
    if actor is not None and actor.pk == user.pk:
        raise RuleBroken(_("Nobody changes their own grade."))
    User.objects.select_for_update().get(pk=user.pk)
    rows = Employment.objects.filter(user=user)
    before = rows.on(day).first()
    rows.filter(valid_from__gte=day).delete()
    rows.filter(valid_from__lt=day).exclude(valid_to__lte=day).update(valid_to=day)
    row = Employment.objects.create(
        user=user, valid_from=day, grade=grade, on_probation=on_probation, reason=reason[:300],
        made_by=actor,
    )  # fmt: skip
    changes = {
        "grade": [before and before.grade, grade],
        "on_probation": [bool(before and before.on_probation), on_probation],
    }
    record(
        actor=actor, verb="user.employment_changed", target=user, day=day.isoformat(),
        reason=reason, changes={name: pair for name, pair in changes.items() if pair[0] != pair[1]},
    )  # fmt: skip
    return row
