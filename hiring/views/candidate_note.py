"""Notes about a candidate: written, changed, removed and brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import candidate_note as notes
from hiring.forms.candidate import CandidateNoteForm
from hiring.models import CandidateNote
from hiring.views.candidate_access import editable_candidate
from people.guards import recruiters_only


def own_note(request: HttpRequest, pk: int, note: int) -> CandidateNote:
    rows = CandidateNote.objects.editable_by(request.user).filter(candidate=pk)
    return get_object_or_404(rows, pk=note)


@recruiters_only
@require_POST
def note_write(request: HttpRequest, pk: int) -> HttpResponse:
    editable_candidate(request, pk)
    form = CandidateNoteForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        note = notes.write_note(actor=request.user, candidate_id=pk, text=text)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        undo = reverse("hiring:candidate_note_remove", args=[pk, note.pk])
        toast(request, _("Note saved."), undo_url=undo)
    return redirect("hiring:candidate_page", pk)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """The second of two editors sees the other's words beside their own."""
    row = get_object_or_404(
        CandidateNote.objects.editable_by(request.user).filter(candidate=pk, removed_at=None),
        pk=note,
    )
    form = CandidateNoteForm(request.POST or None, initial={"text": row.text})
    context = {"form": form, "title": _("Note"), "version": row.version, "action": request.path}
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
            return go(request, reverse("hiring:candidate_page", args=[pk]))
    return drawer(request, "hiring/candidate/_note_form.html", context, status=status)


@recruiters_only
@require_POST
def note_remove(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    row = own_note(request, pk, note)
    notes.remove_note(actor=request.user, note_id=row.pk)
    undo = reverse("hiring:candidate_note_restore", args=[pk, note])
    toast(request, _("Note removed."), undo_url=undo)
    return redirect("hiring:candidate_page", pk)


@recruiters_only
@require_POST
def note_restore(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    row = own_note(request, pk, note)
    notes.restore_note(actor=request.user, note_id=row.pk)
    toast(request, _("Taken back."))
    return redirect("hiring:candidate_page", pk)
