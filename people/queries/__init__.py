"""What pages read about our own people and about what they did."""

from people.queries.event import (
    Change,
    Day,
    Entry,
    events,
    history,
    record_entries,
    record_page,
)
from people.queries.person import (
    SessionLine,
    attachments,
    demo_people,
    email_change_by_token,
    grantable_roles,
    invitation_by_token,
    invitations,
    pending_email_change,
    people_list,
    person,
    sessions,
    team_list,
    team_memberships,
)

__all__ = [
    "Change",
    "Day",
    "Entry",
    "SessionLine",
    "attachments",
    "demo_people",
    "email_change_by_token",
    "events",
    "grantable_roles",
    "history",
    "invitation_by_token",
    "invitations",
    "pending_email_change",
    "people_list",
    "person",
    "record_entries",
    "record_page",
    "sessions",
    "team_list",
    "team_memberships",
]
