"""Our own staff: who they are, what they may, whom they work with, and what they did."""

from people.models.address import EmailChange
from people.models.company import Company, company_day, company_midnight, company_zone
from people.models.distinct import Distinct
from people.models.employment import Absence, Departure, Employment
from people.models.event import Event
from people.models.invitation import Invitation
from people.models.notification import Notification
from people.models.session import Session
from people.models.team import Attachment, Membership, Team
from people.models.user import RoleGrant, User
from people.models.view import SavedView

__all__ = [
    "Absence",
    "Attachment",
    "Company",
    "Departure",
    "Distinct",
    "EmailChange",
    "Employment",
    "Event",
    "Invitation",
    "Membership",
    "Notification",
    "RoleGrant",
    "SavedView",
    "Session",
    "Team",
    "User",
    "company_day",
    "company_midnight",
    "company_zone",
]
