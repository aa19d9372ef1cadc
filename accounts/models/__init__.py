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
from accounts.models.contact import (
    Contact,
    ContactFill,
    ContactMerge,
    ContactNote,
    ContactRole,
    Division,
    Position,
    Reach,
)
from accounts.models.coverage import Assignment
from accounts.models.fact import DossierEntry, Observation
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
from accounts.models.map import CoverageRule, Line, MapPlace
from accounts.models.policy import Criterion, CriterionMark, Pin, Policy
from accounts.models.promise import Promise
from accounts.models.score import AccountScore, KeySpan, Scoring, TierSpan
from accounts.models.task import Cadence, FieldSettings, Task
from accounts.models.touchpoint import (
    AccountRhythm,
    File,
    Tie,
    Touchpoint,
    TouchpointColleague,
    TouchpointContact,
)

__all__ = [
    "Account",
    "AccountDay",
    "AccountRhythm",
    "AccountScore",
    "Assignment",
    "Cadence",
    "Contact",
    "ContactFill",
    "ContactMerge",
    "ContactNote",
    "ContactRole",
    "CoverageRule",
    "Criterion",
    "CriterionMark",
    "DirtyAccount",
    "Division",
    "DossierEntry",
    "ExternalId",
    "FieldSettings",
    "File",
    "KeySpan",
    "LedgerClaim",
    "LedgerDelta",
    "LedgerLine",
    "Line",
    "MapPlace",
    "Merge",
    "Observation",
    "Pin",
    "Policy",
    "Position",
    "Product",
    "Promise",
    "Rate",
    "Reach",
    "Scoring",
    "Segment",
    "ServiceLine",
    "ServiceMonth",
    "Source",
    "Tag",
    "Task",
    "Territory",
    "Tie",
    "TierSpan",
    "Touchpoint",
    "TouchpointColleague",
    "TouchpointContact",
]
