"""/c/<token>/: the candidate's own page. Opening it changes nothing; every act is a POST."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.ids import row_id
from common.throttle import address_of, is_over, prefix_of
from hiring.choices import AccessAct, ConsentPurpose
from hiring.commands import own as commands
from hiring.commands.access import note_access
from hiring.commands.candidate import set_opt_out
from hiring.commands.consent import current_texts, give_consent, withdraw_consent
from hiring.commands.erasure import ask_erasure
from hiring.models import Candidate, ConsentText
from hiring.queries.candidate_export import candidate_archive
from hiring.views.own_link import own, private
from hiring.views.own_page import act_on_page, show_page

MOST_EXPORTS, HOUR = 5, 3600


@require_safe
@own
def own_page(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    return show_page(request, candidate, token)


@require_POST
@own
def own_details(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    fields = {name: request.POST.get(name, "")[:300] for name in ("name", "city", "phone")}
    return act_on_page(
        request, candidate, token,
        lambda: commands.correct_details(candidate_id=candidate.pk, **fields),
        _("Your details are corrected."),
    )  # fmt: skip


@require_POST
@own
def own_email(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    email = request.POST.get("email", "")[:254]
    return act_on_page(
        request, candidate, token,
        lambda: commands.ask_new_email(candidate_id=candidate.pk, email=email),
        _("A code is on its way to the new address."),
    )  # fmt: skip


@require_POST
@own
def own_email_code(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    code = request.POST.get("code", "")[:40]
    return act_on_page(
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
        return act_on_page(
            request, candidate, token,
            lambda: withdraw_consent(candidate_id=candidate.pk, purpose=purpose),
            _("Your consent is withdrawn."),
        )  # fmt: skip
    shown = row_id(request.POST.get("text"))
    text = ConsentText.objects.filter(purpose=purpose, pk=shown).first()
    text = text or current_texts(get_language())[purpose]
    return act_on_page(
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
    return act_on_page(
        request, candidate, token,
        lambda: commands.withdraw_candidacy(candidate_id=candidate.pk, candidacy_id=pk),
        _("You have withdrawn."),
    )  # fmt: skip


@require_POST
@own
def own_letters(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    """No more letters or calls, or again."""
    what = "calls" if request.POST.get("what") == "calls" else "letters"
    stop = "stop" in request.POST
    return act_on_page(
        request, candidate, token,
        lambda: set_opt_out(actor=None, candidate_id=candidate.pk, what=what, stop=stop),
        _("Noted."),
    )  # fmt: skip


@require_POST
@own
def own_manager(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    may_know = "allow" in request.POST
    return act_on_page(
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
        return show_page(request, candidate, token, error=words, status=429)
    note_access(actor=None, candidate_id=candidate.pk, act=AccessAct.SELF, purpose="export")
    response = HttpResponse(candidate_archive(candidate), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return private(response)


@require_POST
@own
def own_erase(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    """The wish is kept; a person confirms it, then everything goes."""
    return act_on_page(
        request, candidate, token,
        lambda: ask_erasure(candidate_id=candidate.pk),
        _("Your wish is noted. A person confirms it, then everything is deleted."),
    )  # fmt: skip
