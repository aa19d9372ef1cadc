"""Writes about our own people, and the record of who did what that every command keeps."""

from people.commands.address import ask_email_change, confirm_email_change, undo_email_change
from people.commands.company import change_currency, set_up, update_company
from people.commands.distinct import look_again, tell_apart
from people.commands.event import apply_changes, record
from people.commands.invitation import (
    accept_invitation,
    invite_people,
    renew_invitation,
    withdraw_invitation,
)
from people.commands.notice import (
    claim_digest,
    forget_old_news,
    give_digest_back,
    note_mailed,
    read_news,
    tell,
)
from people.commands.person import (
    activate_person,
    change_password,
    change_roles,
    deactivate_person,
    note_password_change,
    update_person,
    update_profile,
)
from people.commands.session import (
    end_session,
    end_sessions,
    forget_expired_sessions,
    note_factor_change,
    remove_factors,
    sign_out_everywhere,
)
from people.commands.team import (
    attach_assistant,
    create_team,
    detach_assistant,
    join_team,
    leave_team,
    update_team,
)

__all__ = [
    "accept_invitation",
    "activate_person",
    "apply_changes",
    "ask_email_change",
    "attach_assistant",
    "change_currency",
    "change_password",
    "change_roles",
    "claim_digest",
    "confirm_email_change",
    "create_team",
    "deactivate_person",
    "detach_assistant",
    "end_session",
    "end_sessions",
    "forget_expired_sessions",
    "forget_old_news",
    "give_digest_back",
    "invite_people",
    "join_team",
    "leave_team",
    "look_again",
    "note_factor_change",
    "note_mailed",
    "note_password_change",
    "read_news",
    "record",
    "remove_factors",
    "renew_invitation",
    "set_up",
    "sign_out_everywhere",
    "tell",
    "tell_apart",
    "undo_email_change",
    "update_company",
    "update_person",
    "update_profile",
    "update_team",
    "withdraw_invitation",
]
