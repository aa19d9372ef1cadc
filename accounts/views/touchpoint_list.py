"""The timeline of one of ours, or of all the reader may see."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.choices import Channel, Tone
from accounts.forms.touchpoint import capped
from accounts.models import Contact
from accounts.queries.timeline import Filters, Timeline, timeline
from accounts.views.access import visible_account
from common.ids import row_id
from people.choices import Role
from people.guards import accounts_reader
from people.models import RoleGrant, User


def offered(
    request: HttpRequest,
    found: Timeline,
    theirs: Iterable[Contact] = (),
    ours: Iterable[User] = (),
) -> dict:
    """A timeline and what its filters offer: those given and whoever is named in its lines."""
    contacts = {contact.pk: contact for contact in theirs}
    mates = {user.pk: user for user in ours}
    for line in found.lines:
        contacts |= {contact.pk: contact for contact in line.theirs}
        mates |= {user.pk: user for user in line.ours}
    query = request.GET.copy()
    for name in ("before", "logged"):
        query.pop(name, None)
    return {
        "timeline": found,
        "query": query.urlencode(),
        "theirs": sorted(contacts.values(), key=str),
        "mates": sorted(mates.values(), key=str),
        "channels": capped(Channel.choices),
        "tones": capped(Tone.choices),
    }


@accounts_reader
@require_safe
def touchpoint_list(request: HttpRequest) -> HttpResponse:
    """?manager= narrows to one of ours; everybody reads only of accounts they may open."""
    asked = request.GET.get("manager", "")
    # Whom the page would name: those who work with customers, and nobody else by number.
    ours = RoleGrant.objects.filter(role__in=(Role.KAM, Role.DIRECTOR, Role.ASSISTANT))
    known = User.objects.filter(pk__in=ours.values("user"))
    manager = get_object_or_404(known, pk=row_id(asked)) if row_id(asked) else None
    filters = Filters.read(request.GET)
    before = request.GET.get("before", "")
    found = timeline(request.user, colleague=manager, filters=filters, before=before)
    address = reverse("accounts:touchpoint_list")
    sellers = User.objects.active().holding(Role.KAM) | User.objects.active().holding(Role.DIRECTOR)
    context = offered(request, found) | {
        "filters": filters,
        "timeline_url": address,
        "page_url": address,
        "manager": manager,
        "managers": sellers.distinct().order_by("name", "pk"),
        "with_account": True,
    }
    template = "_timeline_entries" if request.htmx else "touchpoint_list"
    return render(request, f"accounts/{template}.html", context)


@accounts_reader
@require_safe
def contact_timeline(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Of one person, at every account of theirs the reader may open; a part of their page."""
    visible_account(request, pk)
    rows = Contact.objects.visible_to(request.user).filter(positions__account=pk)
    person = get_object_or_404(rows.distinct(), pk=contact)
    address = reverse("accounts:touchpoint_list")
    context = {
        "timeline": timeline(request.user, contact=person),
        "filters": Filters(),
        "query": f"contact={person.pk}",
        "about": person,
        "channels": capped(Channel.choices),
        "tones": capped(Tone.choices),
        "timeline_url": address,
        "page_url": address,
        "with_account": True,
    }
    return render(request, "accounts/_timeline.html", context)
