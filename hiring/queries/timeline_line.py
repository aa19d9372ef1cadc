"""A line of a candidate's timeline, for every part of hiring that tells one."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from hiring.models import Candidacy, Candidate
from people.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """A line: `icon` of static/icons.txt; `text` as it was written; `tone` pos, cau, dan, none."""

    at: dt.datetime
    icon: str
    sentence: str
    url: str = ""
    who: str = ""
    text: str = ""
    tone: str = ""


def candidacies_of(candidate: Candidate, reader: User) -> QuerySet[Candidacy]:
    """Those of the person that this reader may know of."""
    return Candidacy.objects.visible_to(reader).filter(candidate=candidate)
