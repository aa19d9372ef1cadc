"""/c/<token>/: the candidate's own page. Opening it changes nothing; every act is a POST."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from common.ids import row_id
from common.throttle import address_of, is_over, prefix_of
from common.toasts import toast
from hiring.choices import AccessAct, ConsentPurpose
from hiring.commands import own as commands
from hiring.commands.access import note_access
from hiring.commands.candidate import set_opt_out
from hiring.commands.consent import current_texts, give_consent, withdraw_consent
from hiring.commands.erasure import ask_erasure
from hiring.models import Candidacy, Candidate, ConsentText, Erasure
from hiring.queries import own as queries
from hiring.queries import own_status
from hiring.queries.candidate_export import candidate_archive
from hiring.views.own_link import own, private, see_own

MOST_EXPORTS, HOUR = 5, 3600


def _page(
    request: HttpRequest, candidate: Candidate, token: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    context = {
        "candidate": candidate,
        "token": token,
        "error": error,
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


@require_safe
@own
def own_page(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    return _page(request, candidate, token)


def _act(
    request: HttpRequest, candidate: Candidate, token: str, act: Callable[[], object], words: str
) -> HttpResponse:
    """Do it and go back to the page; what cannot be done is said on the page itself."""
    try:
        act()
    except RuleBroken as broken:
        candidate.refresh_from_db()
        return _page(request, candidate, token, error=str(broken))
    toast(request, words)
    return see_own(token)


@require_POST
@own
def own_details(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    fields = {name: request.POST.get(name, "")[:300] for name in ("name", "city", "phone")}
    return _act(
        request, candidate, token,
        lambda: commands.correct_details(candidate_id=candidate.pk, **fields),
        _("Your details are corrected."),
    )  # fmt: skip


@require_POST
@own
def own_email(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    email = request.POST.get("email", "")[:254]
    return _act(
        request, candidate, token,
        lambda: commands.ask_new_email(candidate_id=candidate.pk, email=email),
        _("A code is on its way to the new address."),
    )  # fmt: skip


@require_POST
@own
def own_email_code(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    code = request.POST.get("code", "")[:40]
    return _act(
        request, candidate, token,
        lambda: commands.confirm_new_email(candidate_id=candidate.pk, code=code),
        _("From now on we write to the new address."),
    )  # fmt: skip


@require_POST
@own
def own_consent(
    request: HttpRequest, candidate: Candidate, token: str, purpose: str
) -> HttpResponse:
    """Give (with the text that was shown) or withdraw."""
    if purpose not in ConsentPurpose.values:
        raise Http404
    if "give" not in request.POST:
        return _act(
            request, candidate, token,
            lambda: withdraw_consent(candidate_id=candidate.pk, purpose=purpose),
            _("Your consent is withdrawn."),
        )  # fmt: skip
    shown = row_id(request.POST.get("text"))
    text = ConsentText.objects.filter(purpose=purpose, pk=shown).first()
    text = text or current_texts(get_language())[purpose]
    return _act(
        request, candidate, token,
        lambda: give_consent(
            candidate_id=candidate.pk, text_id=text.pk, channel="link",
            ip_prefix=prefix_of(address_of(request)),
        ),
        _("Thank you, your consent is noted."),
    )  # fmt: skip


@require_POST
@own
def own_withdraw(request: HttpRequest, candidate: Candidate, token: str, pk: int) -> HttpResponse:
    try:
        return _act(
            request, candidate, token,
            lambda: commands.withdraw_candidacy(candidate_id=candidate.pk, candidacy_id=pk),
            _("You have withdrawn."),
        )  # fmt: skip
    except Candidacy.DoesNotExist as error:
        raise Http404 from error


@require_POST
@own
def own_letters(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    """No more letters or calls, or again."""
    what = "calls" if request.POST.get("what") == "calls" else "letters"
    stop = "stop" in request.POST
    return _act(
        request, candidate, token,
        lambda: set_opt_out(actor=None, candidate_id=candidate.pk, what=what, stop=stop),
        _("Noted."),
    )  # fmt: skip


@require_POST
@own
def own_manager(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    may_know = "allow" in request.POST
    return _act(
        request, candidate, token,
        lambda: commands.let_manager_know(candidate_id=candidate.pk, may_know=may_know),
        _("Noted."),
    )  # fmt: skip


@require_POST
@own
def own_export(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    """Everything we hold about them, at once."""
    if is_over(f"own-export:{candidate.pk}", MOST_EXPORTS, HOUR):
        words = _("You have fetched your data several times within the hour. Try again later.")
        return _page(request, candidate, token, error=words, status=429)
    note_access(actor=None, candidate_id=candidate.pk, act=AccessAct.SELF, purpose="export")
    response = HttpResponse(candidate_archive(candidate), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return private(response)


@require_POST
@own
def own_erase(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    """The wish is kept; a person confirms it, then everything goes."""
    return _act(
        request, candidate, token,
        lambda: ask_erasure(candidate_id=candidate.pk),
        _("Your wish is noted. A person confirms it, then everything is deleted."),
    )  # fmt: skip
