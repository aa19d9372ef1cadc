"""What pages read about our own people and about what they did."""

from people.queries.distinct import told_apart
from people.queries.event import (
    Change,
    Day,
    Entry,
    days_of,
    events,
    history,
    record_entries,
    record_page,
)
from people.queries.news import digest, news, one, shown, unread_count
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
    "days_of",
    "demo_people",
    "digest",
    "email_change_by_token",
    "events",
    "grantable_roles",
    "history",
    "invitation_by_token",
    "invitations",
    "news",
    "one",
    "pending_email_change",
    "people_list",
    "person",
    "record_entries",
    "record_page",
    "sessions",
    "shown",
    "team_list",
    "team_memberships",
    "told_apart",
    "unread_count",
]
