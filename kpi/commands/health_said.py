"""What people say to the health of an account: how they see it, or that they know better."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus
from accounts.commands.account import locked
from accounts.models import Account
from common.errors import RuleBroken
from kpi.commands.health import refresh_accounts
from kpi.models import Assessment, Health, HealthOverride, Judgement
from kpi.queries.reporting import reporting_day
from kpi.rules.health import score
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "account.judged": gettext_lazy("said how the customer is"),
        "account.judgement_removed": gettext_lazy("took back how the customer is"),
        "account.health_set": gettext_lazy("set the health of the account by hand to %(value)s"),
        "account.health_freed": gettext_lazy("let the computed health count again"),
    }
)


@transaction.atomic
def judge_account(*, actor: User, account_id: int, value: int, note: str = "") -> Judgement:
    """Say how the customer is, today; it counts for sixty days or until somebody says anew."""
    account = _account(actor, account_id)
    if value not in Assessment.values:
        raise RuleBroken(_("Choose one of the five."))
    day = reporting_day()
    found = Judgement.objects.create(
        account=account, value=value, note=note.strip(), day=day, by=actor
    )
    record(actor=actor, verb="account.judged", target=account, value=value, note=found.note)
    refresh_accounts([account.pk], day=day)
    return found


@transaction.atomic
def remove_judgement(*, actor: User, judgement_id: int) -> Judgement:
    """Take it back, one's own or as a director; Judgement.DoesNotExist for who may not open it."""
    found = Judgement.objects.visible_to(actor).select_related("account").get(pk=judgement_id)
    account = _account(actor, found.account_id)
    found = Judgement.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if found.by_id != actor.pk and not actor.is_director:
        raise RuleBroken(_("Only who said it or a director takes it back."))
    if found.removed_at is not None:
        raise RuleBroken(_("This was taken back already."))
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    record(actor=actor, verb="account.judgement_removed", target=account, value=found.value)
    refresh_accounts([_shown_at(account)], day=reporting_day())
    return found


@transaction.atomic
def override_health(
    *, actor: User, account_id: int, value: int, reason: str, until: dt.date
) -> HealthOverride:
    """Show `value` instead of the computed score before `until`; ends what was set before."""
    account = _account(actor, account_id)
    day = reporting_day()
    if not 0 <= value <= 100:
        raise RuleBroken(_("Health is between 0 and 100."))
    if not reason.strip():
        raise RuleBroken(_("Write why you know better. Nothing was set."))
    if score.override_trouble((until - day).days):
        raise RuleBroken(
            _("It ends after today and within %(days)s days. Nothing was set.")
            % {"days": score.LONGEST_OVERRIDE}
        )
    account.health_overrides.standing().filter(valid_to__gt=day).update(removed_at=timezone.now())
    computed = Health.objects.filter(account=account).values_list("score", flat=True).first()
    found = HealthOverride.objects.create(
        account=account, value=value, reason=reason.strip(), valid_from=day, valid_to=until,
        computed=computed, by=actor,
    )  # fmt: skip
    record(
        actor=actor, verb="account.health_set", target=account, value=value, reason=found.reason,
        until=until.isoformat(),
    )  # fmt: skip
    refresh_accounts([account.pk], day=day)
    return found


@transaction.atomic
def free_health(*, actor: User, override_id: int) -> HealthOverride:
    """Let the computed score count again; HealthOverride.DoesNotExist for who may not open it."""
    found = HealthOverride.objects.visible_to(actor).get(pk=override_id)
    account = _account(actor, found.account_id)
    found = HealthOverride.objects.select_for_update(of=("self",)).get(pk=found.pk)
    day = reporting_day()
    if found.removed_at is not None or found.valid_to <= day:
        raise RuleBroken(_("The computed health counts already."))
    found.removed_at = timezone.now()
    found.save(update_fields=["removed_at"])
    record(actor=actor, verb="account.health_freed", target=account, value=found.value)
    refresh_accounts([_shown_at(account)], day=day)
    return found


def _account(actor: User, account_id: int) -> Account:
    """Locked; Account.DoesNotExist for who may not change it."""
    account = locked(account_id, actor=actor)
    if not actor.sells:
        raise RuleBroken(_("The account's manager or a director says how the customer is."))
    if account.status == AccountStatus.CLOSED:
        raise RuleBroken(_("This account is closed."))
    return account


def _shown_at(account: Account) -> int:
    return account.merged_into_id or account.pk
