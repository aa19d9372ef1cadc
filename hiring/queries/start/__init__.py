"""What waits for each person of the hiring side: their start page, the digest, the number beside
Hiring. Sentences name vacancies, never candidates: they are read over shoulders and in mail."""

from hiring.queries.start import news
from hiring.queries.start.owed import hiring_of

__all__ = ["hiring_of", "news"]
