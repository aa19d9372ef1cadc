"""Warnings as people read them: the inbox, what was answered, the public record."""

from kpi.queries.warnings.inbox import Filters, Inbox, Line, inbox, open_count

__all__ = ["Filters", "Inbox", "Line", "inbox", "open_count"]
