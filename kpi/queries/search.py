"""The page of search results: all groups at a glance, or one of them in pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries.found import ICONS, Found, found, titles
from accounts.queries.search import LISTED, Kind, find
from hiring.queries.found import candidates_found, candidates_url
from people.models import User

GLANCE = 6
CANDIDATE_ICON = "person-plus"
PAGE = 25
PAGES = LISTED // PAGE


@dataclass(frozen=True)
class Group:
    title: str
    icon: str
    rows: list[Found]
    all_url: str


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Results:
    text: str
    kind: str
    tabs: list[Tab]
    groups: list[Group]
    previous_url: str = ""
    next_url: str = ""
    is_end: bool = False  # of what is listed, though more would fit

    @property
    def is_paged(self) -> bool:
        return bool(self.previous_url or self.next_url)


def results(user: User, text: str, kind: Kind | None, page: int) -> Results:
    """At most twenty queries, however much there is."""
    names = titles()
    most, kinds = (PAGE, (kind,)) if kind else (GLANCE, tuple(Kind))
    all_hits = find(user, text, most, kinds=kinds, skip=(page - 1) * most if kind else 0)
    groups = [
        Group(
            names[hits.kind],
            ICONS[hits.kind],
            found(hits, text),
            _url(text, hits.kind) if hits.has_more and not kind else "",
        )
        for hits in all_hits
        if hits.rows
    ]
    if kind is None and (people := candidates_found(user, text, GLANCE + 1)):
        more = candidates_url(user, text) if len(people) > GLANCE else ""
        groups.append(Group(_("Candidates"), CANDIDATE_ICON, people[:GLANCE], more))
    has_more = bool(kind) and all_hits[0].has_more
    return Results(
        text=text,
        kind=kind.value if kind else "",
        tabs=[
            Tab(_("All"), _url(text), kind is None),
            *(Tab(names[one], _url(text, one), one == kind) for one in Kind),
        ],
        groups=groups,
        previous_url=_url(text, kind, page - 1) if kind and page > 1 else "",
        next_url=_url(text, kind, page + 1) if has_more and page < PAGES else "",
        is_end=has_more and page == PAGES,
    )


def _url(text: str, kind: Kind | None = None, page: int = 1) -> str:
    asked = {"q": text, "kind": kind.value if kind else "", "page": page if page > 1 else ""}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse('kpi:search_page')}?{query}"
