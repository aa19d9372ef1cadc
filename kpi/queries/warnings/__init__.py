"""Warnings as people read them: the inbox, what was answered, the public record."""

from kpi.queries.warnings.inbox import Filters, Inbox, Line, alarmed_rows, inbox
from kpi.queries.warnings.record import Record, record
from people import notices

__all__ = ["Filters", "Inbox", "Line", "Record", "inbox", "record"]

notices.register_count("/kpi/", alarmed_rows)
