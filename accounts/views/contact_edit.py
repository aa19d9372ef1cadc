"""Add somebody, change them with a second editor in mind, take either back."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import contact as commands
from accounts.commands.contact_hole import ask_for_hole
from accounts.commands.contact_undo import remove_contact, undo_edit
from accounts.forms.contact import ContactForm, CreateContactForm, QuickContactForm
from accounts.models import Account, Contact, ContactRole
from accounts.queries.contact_duplicates import namesakes
from accounts.views.access import editable_account
from accounts.views.contact import visible_person
from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader
from people.models import Event


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def contact_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole form; ?role= starts it at an open place."""
    account = editable_account(request, pk)
    role = ContactRole.objects.filter(code=request.GET.get("role", "")[:60]).first()
    initial = {"role": role.pk, "title": role.name} if role else {}
    form = CreateContactForm(request.POST or None, account=account, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            contact = commands.create_contact(
                actor=request.user, account_id=pk, **form.fields_of_person()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _added(request, account, contact, "accounts:contact_page")
    context = {"form": form, "account": account, "title": _("New person")}
    return render(
        request, "accounts/contact_form.html", context, status=422 if form.errors else 200
    )


def _added(request: HttpRequest, account: Account, contact: Contact, to: str) -> HttpResponse:
    undo = reverse("accounts:contact_remove", args=[account.pk, contact.pk])
    if contact.is_hole:
        toast(request, _("Open place added."), undo_url=undo)
    else:
        toast(request, _("%(name)s added.") % {"name": contact}, undo_url=undo)
    return redirect(to, account.pk, *([contact.pk] if to == "accounts:contact_page" else []))


@accounts_reader
@require_POST
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One field, for the phone: a name, and after a comma the title."""
    account = editable_account(request, pk)
    form = QuickContactForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a name first."))
        return redirect("accounts:account_people", pk)
    try:
        contact = commands.create_contact(
            actor=request.user, account_id=pk, key=form.cleaned_data["key"], **form.parts()
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:account_people", pk)
    return _added(request, account, contact, "accounts:account_people")


@accounts_reader
@require_safe
def contact_namesakes(request: HttpRequest, pk: int) -> HttpResponse:
    """While somebody is typed in: people who may be the same."""
    account = editable_account(request, pk)
    found = namesakes(
        request.user,
        name=request.GET.get("name", "").partition(",")[0][:160],
        phones=request.GET.get("phones", "")[:1_000],
        emails=request.GET.get("emails", "")[:1_000],
        region=commands.region_of(account),
    )
    return render(request, "accounts/_namesakes.html", {"found": found, "account": account})


@accounts_reader
@require_POST
def contact_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    visible_person(request, pk, contact)
    try:
        remove_contact(actor=request.user, contact_id=contact)
    except Contact.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:contact_page", pk, contact)
    toast(request, _("Taken back."))
    return redirect("accounts:account_people", pk)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    account = editable_account(request, pk)
    person = visible_person(request, pk, contact)[1]
    if not person.may_edit:
        raise Http404
    make = partial(ContactForm, account=account, contact=person.contact, position=person.place)
    form = make(request.POST or None)
    context = {"form": form, "account": account, "person": person, "title": person.contact.name}
    context |= travelling(request, version=person.contact.version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = commands.edit_contact(
                actor=request.user, contact_id=contact, version=context["version"],
                account_id=pk, **form.fields_of_person(),
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = person.contact.version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _saved(request, account, saved, person.contact.version)
    status = 422 if form.errors else status
    return render(request, "accounts/contact_form.html", context, status=status)


def _saved(request: HttpRequest, account: Account, contact: Contact, before: int) -> HttpResponse:
    undo = ""
    if contact.version != before:
        event = Event.objects.about(contact).filter(verb__in=("contact.edited", "contact.named"))
        undo = reverse("accounts:contact_edit_undo", args=[account.pk, contact.pk, event[0].pk])
    toast(request, _("Saved."), undo_url=undo)
    return redirect("accounts:contact_page", account.pk, contact.pk)


@accounts_reader
@require_POST
def contact_edit_undo(request: HttpRequest, pk: int, contact: int, event: int) -> HttpResponse:
    person = visible_person(request, pk, contact)[1]
    row = get_object_or_404(Event.objects.about(person.contact), pk=event)
    try:
        undo_edit(actor=request.user, event_id=row.pk)
    except (Event.DoesNotExist, Contact.DoesNotExist, Account.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Taken back."))
    return redirect("accounts:contact_page", pk, contact)


@accounts_reader
@require_POST
def hole_ask(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    """An open place becomes a task with an owner and a date."""
    editable_account(request, pk)
    row = get_object_or_404(ContactRole, code=role)
    try:
        task = ask_for_hole(actor=request.user, account_id=pk, role=row)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("A task for %(name)s was made.") % {"name": task.owner})
    return redirect("accounts:account_people", pk)
