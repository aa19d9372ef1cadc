"""The people of an account, one person's own page, their picture."""

import uuid
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms.contact import NoteForm, PeopleFilter
from accounts.models import Account, Contact
from accounts.queries.fact_panel import panel
from accounts.queries.people import customers_to_add_at
from accounts.queries.people_cards import people_page
from accounts.queries.person import Person, person_at
from accounts.views.access import visible_account
from accounts.views.account import page
from people.guards import accounts_reader


def visible_person(request: HttpRequest, pk: int, contact: int) -> tuple[Account, Person]:
    """The account and the person there, or 404."""
    account = visible_account(request, pk)
    try:
        return account, person_at(account, contact, request.user)
    except Contact.DoesNotExist as error:
        raise Http404 from error


@accounts_reader
@require_safe
def account_people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody there as cards, open places among them, narrowed by what is asked."""
    account = visible_account(request, pk)
    form = PeopleFilter(request.GET, account=account)
    data = form.cleaned_data if form.is_valid() else {}
    found = people_page(
        account,
        request.user,
        show=data.get("show", ""),
        q=data.get("q", ""),
        role=getattr(data.get("role"), "pk", None),
        division=getattr(data.get("division"), "pk", None),
    )
    context = {"people": found, "filter": form, "is_narrowed": any(data.values())}
    if request.htmx:
        may_edit = Account.objects.editable_by(request.user).filter(pk=pk).exists()
        context |= {"account": account, "may_edit": may_edit}
        return render(request, "accounts/_people.html", context)
    context |= {"quick_key": uuid.uuid4(), "divisions": account.divisions.select_related("parent")}
    return page(request, account, "people", "accounts/account_people.html", **context)


@accounts_reader
@require_safe
def contact_page(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Of a record that was merged into another: the way there."""
    survivor = Contact.objects.visible_to(request.user).filter(merged=contact).first()
    if survivor:
        return redirect("accounts:contact_page", pk, survivor.pk)
    account, person = visible_person(request, pk, contact)
    context = {
        "account": account, "person": person, "note_form": NoteForm(auto_id="id_note_%s"),
        "panel": None if person.contact.is_hole else panel(request.user, account, person.contact),
    }  # fmt: skip
    return render(request, "accounts/contact_page.html", context)


@accounts_reader
@require_safe
def contact_begin(request: HttpRequest) -> HttpResponse:
    """Where a new person works: the first question when they are added from anywhere."""
    text = request.GET.get("q", "")[:100]
    rows = [
        {"name": row.name, "url": reverse("accounts:contact_create", args=[row.pk])}
        for row in customers_to_add_at(request.user, text)
    ]
    context = {"rows": rows, "q": text, "title": _("New person")}
    template = "accounts/_contact_begin.html" if request.htmx else "accounts/contact_begin.html"
    return render(request, template, context)


@accounts_reader
@require_safe
def contact_photo(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """The picture, for those who may open the person; it can do nothing but be seen."""
    visible_account(request, pk)
    rows = Contact.objects.visible_to(request.user).filter(positions__account=pk).distinct()
    row = get_object_or_404(rows, pk=contact)
    if not row.photo:
        raise Http404
    try:
        file = row.photo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/png")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(str(row))}.png"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
