"""Papers of candidates: a download for those who hire, their words for who may see the person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.answers import came_from, done
from common.errors import RuleBroken
from common.files import served
from hiring.choices import AccessAct
from hiring.commands import file as commands
from hiring.commands.access import note_access
from hiring.models import Candidacy, Candidate, CandidateFile
from hiring.queries.candidate_sight import sight
from hiring.queries.file import READ_TROUBLES, papers_to_read
from people.guards import hirers_only, recruiters_only

CARD = "/hiring/candidates/{}/"


@hirers_only
@require_safe
def file_download(request: HttpRequest, key: str) -> HttpResponse:
    file = get_object_or_404(papers_to_read(request.user), key=key)
    if not sight(request.user, file.candidate).download:
        raise Http404
    note_access(
        actor=request.user, candidate_id=file.candidate_id, act=AccessAct.DOWNLOADED, purpose="file"
    )
    return served(file)


@login_required
@require_safe
def file_text(request: HttpRequest, key: str) -> HttpResponse:
    """What a CV says, as plain text of ours: nothing of the file itself reaches the browser."""
    file = get_object_or_404(papers_to_read(request.user), key=key)
    note_access(
        actor=request.user, candidate_id=file.candidate_id, act=AccessAct.VIEWED, purpose="cv"
    )
    trouble = READ_TROUBLES.get(file.trouble, "")
    may_download = sight(request.user, file.candidate).download
    context = {"file": file, "trouble": trouble, "may_download": may_download}
    return render(request, "hiring/file_text.html", context)


@recruiters_only
@require_POST
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers a recruiter received otherwise, for the candidate of this number."""
    candidate = get_object_or_404(Candidate.objects.editable_by(request.user), pk=pk)
    back, kept = came_from(request, CARD.format(pk)), 0
    uploads = request.FILES.getlist("files")[: commands.MOST_FILES]
    if not uploads:
        messages.error(request, _("Choose a file first."))
    for upload in uploads:
        try:
            commands.keep_candidate_file(
                actor=request.user, candidate_id=candidate.pk, upload=upload,
                candidacy_id=_candidacy(request, candidate), is_cv="other" not in request.POST,
            )  # fmt: skip
            kept += 1
        except RuleBroken as broken:
            messages.error(request, str(broken))
    if kept:
        words = ngettext("%(n)s file kept.", "%(n)s files kept.", kept) % {"n": kept}
        messages.success(request, words)
    return redirect(back)


def _candidacy(request: HttpRequest, candidate: Candidate) -> int | None:
    number = request.POST.get("candidacy", "")
    if not number.isdecimal():
        return None
    rows = Candidacy.objects.editable_by(request.user).filter(candidate=candidate)
    return get_object_or_404(rows, pk=number).pk


@recruiters_only
@require_POST
def file_remove(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, commands.remove_candidate_file, _("File removed."), undo=True)


@recruiters_only
@require_POST
def file_restore(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, commands.restore_candidate_file, _("File brought back."))


def _done(request: HttpRequest, key: str, act, words: str, *, undo: bool = False) -> HttpResponse:
    try:
        file = act(actor=request.user, key=key)
    except CandidateFile.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        file, words, undo = CandidateFile.objects.get(key=key), str(broken), False
    otherwise = CARD.format(file.candidate_id)
    undo_url = reverse("hiring:file_restore", args=[key]) if undo else ""
    return done(request, words, event="files:changed", undo_url=undo_url, otherwise=otherwise)
