"""Letters: what waits, failed or went; written to one or many; stopped while they go."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.answers import acted
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import letter as commands
from hiring.commands import letter_many
from hiring.forms.letter import WriteForm
from hiring.models import Candidacy, Candidate, Letter
from hiring.queries import letter as words
from hiring.queries import letters as queries
from hiring.queries.sections import section_tabs
from people.guards import recruiters_only

PER_PAGE = 50
SHOWN = 5


@recruiters_only
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view")
    view = view if view in queries.VIEWS else queries.VIEWS[0]
    q = request.GET.get("q", "").replace("\x00", "")[:100]
    page = Paginator(queries.letters(request.user, view=view, q=q), PER_PAGE).get_page(
        request.GET.get("page")
    )
    numbers = queries.numbers(request.user)
    context = {
        "sections": section_tabs(request.user, "letters"),
        "page": page,
        "lines": [(row, words.trouble_words(row)) for row in page.object_list],
        "view": view,
        "views": list(numbers.items()),
        "q": q,
    }
    return render(request, "hiring/letters.html", context)


def letter_of(request: HttpRequest, pk: int) -> Letter:
    rows = Letter.objects.visible_to(request.user).select_related("candidate", "written_by")
    return get_object_or_404(rows, pk=pk)


@recruiters_only
@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was sent; the link is not kept, so it stands as its field."""
    letter = letter_of(request, pk)
    trouble = letter.trouble
    context = {
        "letter": letter,
        "trouble": words.trouble_words(letter),
        "tone": queries.TONES.get(letter.state, ""),
        "may_stop": letter.state == "queued",
        "may_retry": letter.state in ("failed", "stopped")
        and not trouble.startswith("missing:")
        and trouble != "empty",
    }
    return render(request, "hiring/letter.html", context)


@recruiters_only
@require_POST
def letter_stop(request: HttpRequest, pk: int) -> HttpResponse:
    letter_of(request, pk)
    return acted(
        request, lambda: commands.take_letter_back(actor=request.user, letter_id=pk),
        _("Taken back: it does not go."), to=reverse("hiring:letter_page", args=[pk]),
        undo_url=reverse("hiring:letter_retry", args=[pk]),
    )  # fmt: skip


@recruiters_only
@require_POST
def letter_retry(request: HttpRequest, pk: int) -> HttpResponse:
    letter_of(request, pk)
    return acted(
        request, lambda: commands.try_letter_again(actor=request.user, letter_id=pk),
        _("On its way again."), to=reverse("hiring:letter_page", args=[pk]),
    )  # fmt: skip


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def letter_write(request: HttpRequest) -> HttpResponse:
    """To the people of `ids` (candidacies) and `people` (candidates)."""
    given = request.POST if request.method == "POST" else request.GET
    return write_to(
        request, ids=_numbers(given.getlist("ids")), people=_numbers(given.getlist("people"))
    )


def write_to(request: HttpRequest, *, ids: list[int], people: list[int]) -> HttpResponse:
    """First a preview, then `send`. Another button of the form only shows it anew."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        targets = letter_many.targets(actor=request.user, candidacy_ids=ids, candidate_ids=people)
    except (Candidacy.DoesNotExist, Candidate.DoesNotExist) as missing:
        raise Http404 from missing
    except RuleBroken as broken:
        toast(request, str(broken))
        return redirect("hiring:letter_list")
    is_asked = "key" in given
    form = WriteForm(given if is_asked else None, initial={"key": uuid.uuid4()})
    said = form.cleaned_data if is_asked and form.is_valid() else {}
    previews, refusal = [], ""
    if said and targets:
        try:
            if request.method == "POST" and "send" in request.POST:
                return _sent(request, said, ids, people)
            previews = letter_many.composed(
                actor=request.user, people=targets, template=said["template"],
                subject=said["subject"], body=said["body"],
            )  # fmt: skip
        except RuleBroken as broken:
            refusal = str(broken)
            form.add_error(None, refusal)
    going = [letter for letter in previews if letter.state == "queued"]
    found: dict[tuple[str, str], int] = {}
    for letter in previews:
        key = (letter.state, letter.trouble)
        found[key] = found.get(key, 0) + 1
    context = {
        "form": form,
        "targets": targets,
        "ids": ids,
        "people": people,
        "previews": going[:SHOWN],
        "going": len(going),
        "skipped": [
            (letter.candidate, words.trouble_words(letter))
            for letter in previews
            if letter.state != "queued"
        ],
        "reasons": queries.reasons(found),
        "fields": words.FIELD_WORDS.items(),
    }
    return render(request, "hiring/letter_write.html", context, status=422 if refusal else 200)


def _numbers(texts: list[str]) -> list[int]:
    numbers = [row_id(text) for text in texts]
    if None in numbers:
        raise Http404
    return [number for number in numbers if number is not None]


def _sent(request: HttpRequest, said: dict, ids: list[int], people: list[int]) -> HttpResponse:
    number = letter_many.write_many(
        actor=request.user, key=said["key"], candidacy_ids=ids, candidate_ids=people,
        template=said["template"], subject=said["subject"], body=said["body"],
    )  # fmt: skip
    told = ngettext(
        "%(number)s letter goes in a minute.",
        "%(number)s letters begin to go in a minute.",
        number,
    )
    toast(request, told % {"number": formats.number(number)})
    return redirect("hiring:letter_batch", key=said["key"])


@recruiters_only
@require_safe
def letter_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far a letter to many is; asked for again while it goes."""
    batch = queries.batch(request.user, key)
    if batch is None:
        raise Http404
    context = {"batch": batch, "key": key}
    template = "hiring/_letter_batch.html" if request.htmx else "hiring/letter_batch.html"
    return render(request, template, context)


@recruiters_only
@require_POST
def letter_batch_stop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    try:
        number = letter_many.stop_many(actor=request.user, key=key)
    except Letter.DoesNotExist as missing:
        raise Http404 from missing
    told = ngettext("%(number)s letter stopped.", "%(number)s letters stopped.", number)
    toast(request, told % {"number": formats.number(number)})
    return redirect("hiring:letter_batch", key=key)
