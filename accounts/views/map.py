"""The account map: the drawing, its answers, one person of it, the same as a table."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Account, ContactRole, Division
from accounts.queries.graph import Picture, picture_of
from accounts.queries.graph_answers import answers, disagreement_words, tie_words
from accounts.queries.graph_drawing import drawing, risk_words
from accounts.queries.graph_table import line_choices, lines_of, people_choices, table_rows
from accounts.views.access import visible_account
from accounts.views.account import parse_day
from people.guards import accounts_reader

VIEWS = ("hierarchy", "power", "table")


def day_of(request: HttpRequest) -> dt.date | None:
    """The past day that is asked for; today and later are today."""
    day = parse_day(request.GET.get("on", ""))
    return day if day and day < timezone.localdate() else None


def picture(request: HttpRequest, pk: int) -> Picture:
    account = visible_account(request, pk)
    return picture_of(account, request.user, day_of(request))


def may_draw(request: HttpRequest, shown: Picture) -> bool:
    """Who may change the account draws, and only on today's map."""
    rows = Account.objects.editable_by(request.user)
    return not shown.is_past and rows.filter(pk=shown.account.pk).exists()


def target_of(request: HttpRequest) -> int | None:
    text = request.GET.get("to", "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


@accounts_reader
@require_safe
def map_page(request: HttpRequest, pk: int) -> HttpResponse:
    shown = picture(request, pk)
    view = request.GET.get("view", "")
    context = {
        "account": shown.account,
        "picture": shown,
        "drawing": drawing(shown),
        "answers": answers(shown, request.user, target_of(request)),
        "rows": table_rows(shown),
        "view": view if view in VIEWS else "hierarchy",
        "may_draw": may_draw(request, shown),
        "roles": list(ContactRole.objects.all()),
        "divisions": list(Division.objects.filter(account=shown.account)),
        "on": day_of(request),
        "today": timezone.localdate(),
    }
    return render(request, "accounts/map_page.html", context)


@accounts_reader
@require_safe
def map_data(request: HttpRequest, pk: int) -> JsonResponse:
    """The drawing anew, after something beside it was changed."""
    return JsonResponse(drawing(picture(request, pk)))


@accounts_reader
@require_safe
def map_answers(request: HttpRequest, pk: int) -> HttpResponse:
    shown = picture(request, pk)
    context = {"answers": answers(shown, request.user, target_of(request))}
    return part(request, shown, "accounts/_map_answers.html", **context)


@accounts_reader
@require_safe
def map_person(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """What is known of one of theirs, with the forms that draw their lines."""
    shown = picture(request, pk)
    person = shown.by_id.get(contact)
    if person is None:
        raise Http404
    bonds = [bond for bond in shown.bonds if bond.contact_id == contact]
    ties = [
        {"colleague": shown.colleagues_by_id[bond.colleague_id], "bond": bond,
         "words": tie_words(bond)}
        for bond in sorted(bonds, key=lambda bond: -bond.strength)
    ]  # fmt: skip
    return part(
        request, shown, "accounts/_map_person.html",
        person=person,
        ties=ties,
        lines=lines_of(shown, person),
        kinds=line_choices(person),
        others=people_choices(shown, but=person),
        risks=risk_words(shown, person),
        disagreement=disagreement_words(shown, person) if person.disagreement else "",
    )  # fmt: skip


@accounts_reader
@require_safe
def map_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """A required role whose holder nobody knows."""
    shown = picture(request, pk)
    hole = next((hole for hole in shown.holes if hole.role.pk == role), None)
    if hole is None:
        raise Http404
    others = [choice for choice in people_choices(shown) if choice[0] != f"r{role}"]
    return part(request, shown, "accounts/_map_role.html", hole=hole, others=others)


@accounts_reader
@require_safe
def map_colleague(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """One of ours: whom they know, and what would go with them."""
    shown = picture(request, pk)
    colleague = shown.colleagues_by_id.get(user)
    if colleague is None:
        raise Http404
    bonds = [bond for bond in shown.bonds if bond.colleague_id == user]
    ties = [
        {"person": shown.by_id[bond.contact_id], "bond": bond, "words": tie_words(bond)}
        for bond in sorted(bonds, key=lambda bond: -bond.strength)
    ]
    return part(request, shown, "accounts/_map_colleague.html", colleague=colleague, ties=ties)


def part(request: HttpRequest, shown: Picture, template: str, **context) -> HttpResponse:
    """Beside the map; without a script a page of its own."""
    context |= {
        "account": shown.account,
        "picture": shown,
        "may_draw": may_draw(request, shown),
        "part": template,
        "on": day_of(request),
    }
    return render(request, template if request.htmx else "accounts/map_part.html", context)
