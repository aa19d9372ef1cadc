"""Which accounts are no ground for a trial, and why."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import AccountStatus, CoverState, Tier
from accounts.models import Account, AccountScore, Control, Cover, Handover
from hiring.choices import ProbationState
from hiring.models import Probation, ProbationAccount
from hiring.models.probation import OPEN
from hiring.rules.picker import Bar

WORDS: dict[Bar, str | Promise] = {
    Bar.CLOSED: _("The account is closed or was merged into another."),
    Bar.KEY: _("It is a key account."),
    Bar.KIN: _("It belongs to the family of a key account."),
    Bar.TIER_A: _("It is an account of tier A."),
    Bar.HANDOVER: _("It is being handed over to somebody."),
    Bar.CONTROL: _("It is under a director's personal control."),
    Bar.COVER: _("Somebody stands in for its manager."),
    Bar.PROBATION: _("It is part of another probation."),
    Bar.OWN: _("The newcomer has it already."),
}


def bars(account_ids: Collection[int], *, probation: Probation | None = None) -> dict[int, Bar]:
    """Of these accounts the barred ones, each with its weightiest bar; no account is locked.

    `probation`: its own accounts bar nothing. Accounts that do not exist are barred as closed.
    """
    found: dict[int, Bar] = {}

    def bar(kind: Bar, ids) -> None:
        for pk in ids:
            found.setdefault(pk, kind)

    asked = Account.objects.filter(pk__in=account_ids)
    active = set(asked.filter(status=AccountStatus.ACTIVE).values_list("pk", flat=True))
    bar(Bar.CLOSED, set(account_ids) - active)
    scores = AccountScore.objects.filter(account__in=account_ids)
    bar(Bar.KEY, scores.filter(is_key=True).values_list("account", flat=True))
    bar(Bar.KIN, asked.filter(kin_of_key()).values_list("pk", flat=True))
    bar(Bar.TIER_A, scores.filter(tier=Tier.A).values_list("account", flat=True))
    live = Handover.objects.live().filter(account__in=account_ids)
    bar(Bar.HANDOVER, live.values_list("account", flat=True))
    controls = Control.objects.filter(account__in=account_ids, ended_at=None)
    bar(Bar.CONTROL, controls.values_list("account", flat=True))
    covers = Cover.objects.filter(account__in=account_ids, state__in=standing_in())
    bar(Bar.COVER, covers.values_list("account", flat=True))
    bar(Bar.PROBATION, in_other_trials(probation).filter(account__in=account_ids)
        .values_list("account", flat=True))  # fmt: skip
    if probation and probation.state in (ProbationState.DRAFT, ProbationState.OFFERED):
        own = asked.filter(owner=probation.user_id)
        bar(Bar.OWN, own.values_list("pk", flat=True))
    return found


def kin_of_key() -> Q:
    """A parent or a child of a key account."""
    return Q(parent__score__is_key=True) | Q(children__score__is_key=True)


def standing_in() -> list[str]:
    return [CoverState.PROPOSED, CoverState.AGREED]


def in_other_trials(probation: Probation | None) -> QuerySet[ProbationAccount]:
    """Given or compared with in a trial that is not over, but not in this one."""
    rows = ProbationAccount.objects.filter(probation__state__in=OPEN, left_at=None)
    return rows.exclude(probation=probation) if probation and probation.pk else rows
