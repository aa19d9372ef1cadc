"""The candidate's own page, and what an act on it answers."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import own as commands
from hiring.commands.consent import current_texts
from hiring.models import Candidate, Erasure
from hiring.queries import own as queries
from hiring.queries import own_status


def show_page(
    request: HttpRequest, candidate: Candidate, token: str, *, error: str = "", status: int = 200,
    typed: tuple[int, str] = (0, ""),
) -> HttpResponse:  # fmt: skip
    """`typed`: the number of a test task and an answer that could not be taken."""
    now = timezone.now()
    context = {
        "candidate": candidate,
        "token": token,
        "error": error,
        "typed_for": typed[0],
        "typed": typed[1],
        "parts": queries.parts_of(candidate, now),
        "standings": own_status.standings(candidate, now),
        "agreements": own_status.agreements(candidate, current_texts(get_language())),
        "phone": commands.phone_of(candidate),
        "email": commands.email_of(candidate),
        "waiting": commands.waiting_email(candidate, now),
        "files": candidate.files.filter(removed_at=None),
        "erasure": Erasure.objects.filter(candidate=candidate, done_at=None).first(),
    }
    return render(request, "hiring/own/page.html", context, status=status)


def act_on_page(
    request: HttpRequest, candidate: Candidate, token: str, act: Callable[[], object], said: str,
    *, typed: tuple[int, str] = (0, ""), leave: type[RuleBroken] | tuple[()] = (),
) -> HttpResponse:  # fmt: skip
    """Do it and go back to the page; what cannot be done is said on the page itself.

    `leave`: a refusal the caller has a better answer to.
    """
    try:
        act()
    except ObjectDoesNotExist as error:  # somebody else's, or erased a moment ago
        raise Http404 from error
    except leave:
        raise
    except RuleBroken as broken:
        candidate.refresh_from_db()
        return show_page(request, candidate, token, error=str(broken), typed=typed)
    toast(request, said)
    return redirect("hiring:own_page", token=token)
