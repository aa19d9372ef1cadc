"""The customer's one question: a page by link, without an account and without a script.

Opening it changes nothing, however often a mail program looks; a press does.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.commands import pulse as commands
from accounts.models import Pulse
from accounts.rules import pulse as rules
from common.errors import RuleBroken
from common.throttle import address_of, is_over
from common.visitors import chosen_language, private
from people.models import Company

# Wrong tokens an hour from one address; beyond it even a right one is not looked up.
MOST_WRONG = 30
MOST_ANSWERS = 40  # an hour by one link
HOUR = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("token")
def pulse_page(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is wrong, too old or withdrawn is answered with one and the same 404."""
    now, key = timezone.now(), f"pulse-wrong:{address_of(request)}"
    stopped = is_over(key, MOST_WRONG, HOUR, count=False)
    pulse = None if stopped else commands.open_pulse(token, now)
    if pulse is None:
        is_over(key, MOST_WRONG, HOUR)
        return private(render(request, "accounts/pulse_gone.html", status=404))
    language = chosen_language(request) or pulse.language
    with translation.override(language):
        request.LANGUAGE_CODE = language
        if request.method == "POST":
            return private(_answered(request, pulse, token))
        return private(_page(request, pulse, token))


def _page(
    request: HttpRequest, pulse: Pulse, token: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "pulse": pulse,
        "manager": pulse.handover.to_user.name,
        "company": Company.current(),
        "answers": rules.ANSWERS,
        "token": token,
        "may_change": rules.may_change(pulse.answered_at, timezone.now()),
        "error": error,
    }
    return render(request, "accounts/pulse_page.html", context, status=status)


def _answered(request: HttpRequest, pulse: Pulse, token: str) -> HttpResponse:
    if is_over(f"pulse:{pulse.pk}", MOST_ANSWERS, HOUR):
        return _page(request, pulse, token, status=429)
    said = request.POST.get("answer", "")
    answer = int(said) if said in {str(number) for number in rules.ANSWERS} else None
    comment = request.POST.get("comment")
    try:
        commands.answer_pulse(token, answer, comment)
    except Pulse.DoesNotExist:
        return render(request, "accounts/pulse_gone.html", status=404)
    except RuleBroken as broken:
        return _page(request, pulse, token, error=str(broken), status=422)
    return redirect("accounts:pulse_page", token=token)
