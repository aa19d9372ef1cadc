"""Private notes and the picture of a person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import contact_note as notes
from accounts.commands import contact_photo as photos
from accounts.forms.assignment import LogoForm
from accounts.forms.contact import NoteForm
from accounts.models import Account, Contact, ContactNote
from accounts.views.access import editable_account
from accounts.views.contact import visible_person
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader


def editable_person(request: HttpRequest, pk: int, contact: int) -> Contact:
    editable_account(request, pk)
    return visible_person(request, pk, contact)[1].contact


def own_note(request: HttpRequest, pk: int, contact: int, note: int) -> ContactNote:
    rows = ContactNote.objects.editable_by(request.user).filter(account=pk, contact=contact)
    return get_object_or_404(rows, pk=note)


@accounts_reader
@require_POST
def note_write(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    editable_person(request, pk, contact)
    if not request.user.sells:
        raise Http404
    form = NoteForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        note = notes.write_note(actor=request.user, account_id=pk, contact_id=contact, text=text)
    except (Contact.DoesNotExist, Account.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        undo = reverse("accounts:note_remove", args=[pk, contact, note.pk])
        toast(request, _("Note saved."), undo_url=undo)
    return redirect("accounts:contact_page", pk, contact)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: HttpRequest, pk: int, contact: int, note: int) -> HttpResponse:
    """The second of two editors sees the other's words beside their own."""
    row = own_note(request, pk, contact, note)
    if row.removed_at is not None:
        raise Http404
    form = NoteForm(request.POST or None, initial={"text": row.text})
    context = {"form": form, "title": _("Private note"), "version": row.version}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        context["version"] = row_id(request.POST.get("version")) or 0
        try:
            notes.edit_note(
                actor=request.user, note_id=note, version=context["version"], **form.cleaned_data
            )
        except notes.NoteConflict as conflict:
            context |= {"theirs": conflict.note.text, "version": conflict.note.version}
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
            status = 422
        else:
            toast(request, _("Note saved."))
            return go(request, reverse("accounts:contact_page", args=[pk, contact]))
    return drawer(request, "accounts/_note_form.html", context, status=status)


@accounts_reader
@require_POST
def note_remove(request: HttpRequest, pk: int, contact: int, note: int) -> HttpResponse:
    row = own_note(request, pk, contact, note)
    notes.remove_note(actor=request.user, note_id=row.pk)
    undo = reverse("accounts:note_restore", args=[pk, contact, note])
    toast(request, _("Note removed."), undo_url=undo)
    return redirect("accounts:contact_page", pk, contact)


@accounts_reader
@require_POST
def note_restore(request: HttpRequest, pk: int, contact: int, note: int) -> HttpResponse:
    row = own_note(request, pk, contact, note)
    notes.restore_note(actor=request.user, note_id=row.pk)
    toast(request, _("Taken back."))
    return redirect("accounts:contact_page", pk, contact)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def photo_set(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    editable_person(request, pk, contact)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            photos.set_photo(actor=request.user, contact_id=contact, file=form.cleaned_data["file"])
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            toast(request, _("Photo set."))
            return go(request, reverse("accounts:contact_page", args=[pk, contact]))
    context = {"form": form, "title": _("Photo"), "action": request.path}
    return drawer(request, "accounts/_photo_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_POST
def photo_remove(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    editable_person(request, pk, contact)
    try:
        photos.remove_photo(actor=request.user, contact_id=contact)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Photo removed."))
    return redirect("accounts:contact_page", pk, contact)
