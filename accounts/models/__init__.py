"""The customers' side: accounts, their ledger, who answers for them, and how they are ranked."""

from accounts.models.account import (
    Account,
    ExternalId,
    Merge,
    Segment,
    Source,
    Tag,
    Territory,
)
from accounts.models.coverage import Assignment
from accounts.models.ledger import (
    AccountDay,
    DirtyAccount,
    LedgerClaim,
    LedgerDelta,
    LedgerLine,
    Product,
    Rate,
    ServiceLine,
    ServiceMonth,
)
from accounts.models.policy import Criterion, CriterionMark, Pin, Policy
from accounts.models.score import AccountScore, KeySpan, Scoring, TierSpan

__all__ = [
    "Account",
    "AccountDay",
    "AccountScore",
    "Assignment",
    "Criterion",
    "CriterionMark",
    "DirtyAccount",
    "ExternalId",
    "KeySpan",
    "LedgerClaim",
    "LedgerDelta",
    "LedgerLine",
    "Merge",
    "Pin",
    "Policy",
    "Product",
    "Rate",
    "Scoring",
    "Segment",
    "ServiceLine",
    "ServiceMonth",
    "Source",
    "Tag",
    "Territory",
    "TierSpan",
]
