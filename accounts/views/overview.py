"""The account's first page: what to do next, the composer, the timeline, people and promises."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.forms.touchpoint import LogForm
from accounts.models import Account, Assignment, Task, Touchpoint
from accounts.queries.people import PersonAt, people_at
from accounts.queries.people_cards import people_strip
from accounts.queries.promises import ON_OVERVIEW, promises_of
from accounts.queries.standing_in import standing_in
from accounts.queries.tasks import TaskLine, tasks_of
from accounts.queries.timeline import Filters, timeline
from accounts.views.access import visible_account
from accounts.views.account import address, head_of, merged_page
from accounts.views.touchpoint_list import offered
from people.guards import accounts_reader
from people.models import User


@accounts_reader
@require_safe
def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview; of a colleague's account in the team only its name and manager."""
    try:
        account = visible_account(request, pk)
    except Http404:
        named = Account.objects.named_to(request.user).present().select_related("owner")
        account = get_object_or_404(named, pk=pk)
        return render(request, "accounts/account_card.html", {"account": account})
    if account.merged_into_id:
        return merged_page(request, account)
    return overview(request, account)


def overview(
    request: HttpRequest, account: Account, form: LogForm | None = None, status: int = 200
) -> HttpResponse:
    """The page; `form` is a composer that was sent with something wrong."""
    head = head_of(request, account, "overview")
    people = people_at(account, request.user)
    ours = ours_of(request.user, head["team"])
    filters = Filters.read(request.GET)
    tasks = tasks_of(request.user, account, may_edit=head["may_edit"])
    context = {
        "tasks": tasks,
        "next": next_step(tasks, next_planned(account)),
        "promises": promises_of(
            account, may_settle=head["may_edit"], only_open=True, most=ON_OVERVIEW
        ),
        "form": form or log_form(request.user, people, ours) if head["may_edit"] else None,
        "asked_about": asked_about(request),
        "standing": standing_in(account, request.user),
    }
    context |= timeline_context(request, account, people, ours, filters)
    return render(request, "accounts/account_page.html", head | context, status=status)


def ours_of(reader: User, team: list[Assignment]) -> list[User]:
    """Who of ours can be named without searching: the reader, then who answers for the account."""
    return list(dict.fromkeys([reader, *(row.user for row in team)]))


def log_form(reader: User, people: list[PersonAt], ours: list[User], data=None, files=None):
    known = [person.contact for person in people if not person.is_hole]
    return LogForm(data, files, reader=reader, owners=ours, people=known, ours=ours)


def asked_about(request: HttpRequest) -> Touchpoint | None:
    """What the reader has just logged: its draft can go, and one fact may be asked about."""
    try:
        key = uuid.UUID(request.GET.get("logged", ""))
    except ValueError:
        return None
    return Touchpoint.objects.visible_to(request.user).filter(key=key).first()


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do next: a task, or what is planned; `late_days` when it should be done."""

    task: Task | None
    touchpoint: Touchpoint | None
    day: dt.date | None
    late_days: int


def next_planned(account: Account) -> Touchpoint | None:
    """The rhythm says on which day it is, so that no long timeline is walked through for it."""
    rhythm = getattr(account, "rhythm", None)
    if rhythm is None or rhythm.next_on is None:
        return None
    day = dt.datetime.combine(rhythm.next_on, dt.time.min, dt.UTC)
    near = (day - dt.timedelta(days=1), day + dt.timedelta(days=2))
    rows = Touchpoint.objects.planned().filter(account=account, at__range=near)
    return rows.order_by("at", "pk").first()


def next_step(tasks: list[TaskLine], planned: Touchpoint | None) -> Next | None:
    """The earlier of the first open task and the first planned touchpoint."""
    task = tasks[0].task if tasks else None
    day = timezone.localdate(planned.at) if planned else None
    if task and (planned is None or (task.due and task.due <= day)):
        day, planned = task.due, None
    elif planned:
        task = None
    else:
        return None
    late = max(0, (timezone.localdate() - day).days) if day else 0
    return Next(task, planned, day, late)


def timeline_context(
    request: HttpRequest,
    account: Account,
    people: list[PersonAt],
    ours: list[User],
    filters: Filters,
) -> dict:
    """What accounts/_timeline.html reads."""
    before = request.GET.get("before", "")
    found = timeline(request.user, account=account, filters=filters, before=before)
    theirs = [person.contact for person in people if not person.is_hole]
    return offered(request, found, theirs, ours) | {
        "filters": filters,
        "timeline_url": reverse("accounts:account_timeline", args=[account.pk]),
        "page_url": reverse("accounts:account_page", args=[account.pk]),
    }


@accounts_reader
@require_safe
def account_people_strip(request: HttpRequest, pk: int) -> HttpResponse:
    """Faces and open places, for the overview."""
    account = visible_account(request, pk)
    context = {
        "account": account,
        "people": people_strip(account, request.user),
        "map_url": address("accounts:map_page", pk),
        "may_edit": account.may_edit,
    }
    return render(request, "accounts/_people_strip.html", context)


@accounts_reader
@require_safe
def account_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries alone, filtered or further back; without a script they stand on the page."""
    if not request.htmx:
        visible_account(request, pk)
        return redirect(f"{reverse('accounts:account_page', args=[pk])}?{request.GET.urlencode()}")
    account = visible_account(request, pk)
    context = timeline_context(request, account, [], [], Filters.read(request.GET))
    return render(request, "accounts/_timeline_entries.html", context | {"account": account})
