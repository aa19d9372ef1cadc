"""What hangs on accounts that an import created: other imports' facts, and the work of people."""

from collections.abc import Sequence

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import Account, ExternalId, LedgerLine
from common.models import Import
from people.models import Event

# What the machine keeps about an account; anything else was recorded by a person. Tables of apps
# above say `is_computed` of themselves.
COMPUTED = {
    "accounts.LedgerLine", "accounts.AccountDay", "accounts.ServiceMonth", "accounts.DirtyAccount",
    "accounts.AccountScore", "accounts.TierSpan", "accounts.KeySpan", "accounts.ExternalId",
    "accounts.Account", "accounts.Tie", "accounts.AccountRhythm",
}  # fmt: skip


def removable_accounts(batch: Import, among: Sequence[int]) -> QuerySet[Account]:
    """Of the accounts `among`, those the import created on which no line, number, child or merge
    of others hangs. `among` keeps the questions to the database small."""
    lines = LedgerLine.objects.exclude(batch=batch).filter(account__in=among)
    numbers = ExternalId.objects.exclude(source__name=batch.source).filter(account__in=among)
    kin = Account.objects.exclude(brought_by=batch)
    return (
        Account.objects.filter(brought_by=batch, pk__in=among)
        .exclude(pk__in=lines.values("account"))
        .exclude(pk__in=numbers.values("account"))
        .exclude(pk__in=kin.filter(parent__in=among).values("parent"))
        .exclude(pk__in=kin.filter(merged_into__in=among).values("merged_into"))
    )


def touched() -> Q:
    """Accounts on which a person has recorded something."""
    condition = Q(version__gt=1) | recorded(Account, COMPUTED)
    for field in Account._meta.many_to_many:
        rows = field.remote_field.through._base_manager.filter(account=OuterRef("pk"))
        condition |= Q(Exists(rows))
    return condition


def recorded(model: type[Model], besides: set[str]) -> Q:
    """Rows of a model of which somebody has told something, or to which a row of any other table
    points, `besides` excepted."""
    events = Event.objects.filter(target_kind=model._meta.label_lower).exclude(actor=None)
    condition = Q(pk__in=events.values("target_id"))
    for relation in model._meta.related_objects:
        points = relation.related_model
        is_computed = points._meta.label in besides or getattr(points, "is_computed", False)
        if not relation.many_to_many and not is_computed:
            rows = points._base_manager
            condition |= Q(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
    return condition
