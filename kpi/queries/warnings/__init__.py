"""Warnings as people read them: the inbox, what was answered, the public record."""

from kpi.queries.warnings.inbox import Filters, Inbox, Line, inbox, open_count
from kpi.queries.warnings.record import Record, lost_reasons, record

__all__ = ["Filters", "Inbox", "Line", "Record", "inbox", "lost_reasons", "open_count", "record"]
