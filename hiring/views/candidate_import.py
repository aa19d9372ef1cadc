"""The first step of an import of candidates; from then on the pages are those of every import."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.commands.importing import receive_file
from common.errors import RuleBroken
from hiring.commands.candidate_import import CANDIDATES
from hiring.forms.bulk import ImportForm
from people.guards import recruiters_only


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidates_import(request: HttpRequest) -> HttpResponse:
    """Answers with a page; for a script that shows the progress of the upload, with JSON."""
    chosen = {"vacancy": request.GET.get("vacancy", "")}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, reader=request.user, initial=chosen)
    if form.is_valid():
        vacancy, file = form.cleaned_data["vacancy"], form.cleaned_data["file"]
        try:
            batch = receive_file(
                actor=request.user, chunks=file.chunks(), filename=file.name, kind=CANDIDATES,
                source=vacancy.title[:60] if vacancy else "",
                options={"vacancy": vacancy.pk} if vacancy else {},
            )  # fmt: skip
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            url = reverse("ledger:import_read", args=[batch.pk])
            return redirect(url) if request.accepts("text/html") else JsonResponse({"url": url})
    if request.accepts("text/html"):
        status = 422 if form.errors else 200
        return render(request, "hiring/candidate/import.html", {"form": form}, status=status)
    said = [text for errors in form.errors.values() for text in errors]
    return JsonResponse({"error": " ".join(said)})
