"""What the shell around every page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from django.urls import NoReverseMatch, is_valid_path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.lists import capped
from people import notices
from people.choices import Role
from people.models import User
from people.queries import unread_count


@dataclass(frozen=True)
class NavItem:
    url: str
    icon: str
    label: str
    is_current: bool
    starts_group: bool = False
    counts: Callable[[], dict[str, int]] | None = None

    @property
    def count(self) -> int | None:
        """Asked for only where it is drawn, together with all others of the page."""
        return (self.counts and self.counts().get(self.url)) or None

    @property
    def words(self) -> str:
        return capped(self.count or 0)


@dataclass(frozen=True)
class Section:
    """One card of the settings page."""

    url: str
    icon: str
    title: str
    words: str


@cache
def _exists(path: str) -> bool:
    """Later parts of the product put their pages into the navigation by having an address."""
    return is_valid_path(path)


def shell(request) -> dict:
    """company; for a signed-in reader also nav and the names of their roles."""
    user = getattr(request, "user", None)
    company = getattr(request, "company", None)
    if user is None or not user.is_authenticated:
        return {"shell": {"company": company, "nav": [], "roles": []}}
    roles = [capfirst(str(role.label)) for role in Role if role in user.roles]
    unread = cache(partial(unread_count, user))
    nav = navigation(user, request.path)
    return {"shell": {"company": company, "nav": nav, "roles": roles, "unread": unread}}


def navigation(user: User, path: str) -> list[NavItem]:
    sells = user.is_director or user.is_kam
    hires = user.is_director or user.is_recruiter or Role.INTERVIEWER in user.roles
    tends = user.manages_people
    items = [
        ("/", "house-door", _("Today"), True, False),
        ("/accounts/", "building", _("Accounts"), sells or user.is_assistant, False),
        ("/portfolio/", "bar-chart", _("Portfolio"), sells, False),
        ("/capacity/", "people", _("Capacity"), sells, False),
        ("/handovers/", "arrow-left-right", _("Handovers"), sells, False),
        ("/absences/", "calendar-event", _("Absences"), sells or user.is_assistant, False),
        ("/hiring/probations/", "hourglass-split", _("Probations"), sells, False),
        ("/hiring/", "person-plus", _("Hiring"), hires, False),
        ("/kpi/", "speedometer2", _("Measures"), sells, False),
        ("/imports/", "box-arrow-in-down", _("Imports"), tends or user.is_recruiter, True),
        ("/runs/", "clock-history", _("Runs"), tends, False),
        ("/settings/", "gear", _("Settings"), tends, False),
    ]
    shown = [item for item in items if item[3] and (item[0] == "/" or _exists(item[0]))]
    current = _part_of(path, [url for url, *_rest in shown])
    counts = cache(partial(notices.counts, user, [url for url, *_rest in shown]))
    return [
        NavItem(url, icon, label, url == current, group, counts)
        for url, icon, label, _is_open, group in shown
    ]


def _part_of(path: str, urls: list[str]) -> str:
    """The part a page lies in: of several that hold it the innermost."""
    holding = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(holding, key=len, default="")


def settings_sections(user: User) -> list[Section]:
    """What the reader may set up; pages of the apps above appear when they exist."""
    both, director = user.manages_people, user.is_director
    cards = [
        (
            "people:company_page",
            "building",
            _("Company"),
            _("Name, currency, language, time zone, the night's work, second factors."),
            both,
        ),
        (
            "people:people_page",
            "people",
            _("People"),
            _("Invite colleagues, give roles, close sign-ins, end sessions."),
            both,
        ),
        (
            "people:teams_page",
            "diagram-3",
            _("Teams"),
            _("Teams and their leads, members by date, assistants and their managers."),
            both,
        ),
        (
            "ledger:currency_page",
            "cash-coin",
            _("Currency"),
            _("What all sums are in. It stays once there is a ledger."),
            director,
        ),
        (
            "ledger:rate_list",
            "currency-exchange",
            _("Currency rates"),
            _("What foreign sums are worth, day by day."),
            director,
        ),
        (
            "accounts:coverage_page",
            "people",
            _("Coverage rules"),
            _("When the people of an account count as covered."),
            director,
        ),
        (
            "hiring:settings_page",
            "person-plus",
            _("Hiring"),
            _("Seats, costs and reminders of sessions; how long candidates are kept."),
            director,
        ),
        (
            "accounts:reference_list segments",
            "tags",
            _("Segments, territories, service lines, tags"),
            _("The words accounts and products are sorted by."),
            director,
        ),
        (
            "accounts:field_settings",
            "clock",
            _("Work in the field"),
            _("How often to meet, how fast contact fades, how long a fact stays good."),
            director,
        ),
        (
            "accounts:care_settings",
            "shield-check",
            _("Care of key accounts"),
            _("Who may answer for them, how they are handed over, what one manager carries."),
            director,
        ),
        (
            "accounts:handover_questions",
            "arrow-left-right",
            _("What a handover asks"),
            _("Questions and checks by tier, answered before an account changes hands."),
            director,
        ),
        (
            "accounts:contact_roles",
            "person-badge",
            _("Roles at customers"),
            _("Which roles an account must have by its tier; the rest are open places."),
            director,
        ),
        (
            "accounts:letter_template_list",
            "envelope",
            _("Letters to customers"),
            _("Templates in four languages: a new manager, a departure, who stands in."),
            director,
        ),
        (
            "people:record_page",
            "clock-history",
            _("Record"),
            _("Who did what, and when."),
            both,
        ),
    ]
    found = []
    for name, icon, title, words, is_open in cards:
        url = _address(name)
        if is_open and url:
            found.append(Section(url, icon, title, words))
    return found


@cache
def _address(page: str) -> str:
    name, *args = page.split()
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
