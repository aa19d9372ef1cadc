"""One page before a meeting: who they are, what changed, who comes, what is open, what to ask."""

from accounts.queries.brief.page import Brief, brief_of

__all__ = ["Brief", "brief_of"]
