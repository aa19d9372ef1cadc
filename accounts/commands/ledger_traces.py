"""What hangs on accounts that an import created: other imports' facts, and the work of people."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Account, ExternalId, LedgerLine
from common.models import Import
from people.models import Event

# What the machine keeps about an account; anything else was recorded by a person.
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
    recorded = Event.objects.filter(target_kind=Account._meta.label_lower).exclude(actor=None)
    condition = Q(version__gt=1) | Q(pk__in=recorded.values("target_id"))
    for one in _records():
        condition |= one
    return condition


def _records() -> Iterator[Q]:
    """Whether any row of any other table points to the account."""
    for relation in Account._meta.related_objects:
        if relation.related_model._meta.label not in COMPUTED:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{name: OuterRef("pk")})
            yield Q(Exists(rows))
    for field in Account._meta.many_to_many:
        yield Q(Exists(field.remote_field.through._base_manager.filter(account=OuterRef("pk"))))
