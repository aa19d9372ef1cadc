"""/jobs/<slug>/apply/: the public form. It works without script; with it, what is typed is kept."""

import secrets
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleBroken
from common.ids import row_id
from common.throttle import address_of, is_over, prefix_of
from common.uploads import paper_uploads
from hiring.choices import FILE_ACCEPT
from hiring.commands import application as commands
from hiring.commands.consent import current_texts
from hiring.commands.file import MOST_BYTES
from hiring.models import ConsentText, Draft, Vacancy
from hiring.queries import application as queries
from hiring.views.job import of_job

COOKIE_DAYS = 7
HOUR = 3600
MOST_SENT, MOST_SENT_TO_VACANCY = 5, 200
MOST_TRIES, MOST_SAVES = 60, 600
TOO_FAST = 3
SALT = "hiring.application"


def _secret(request: HttpRequest, vacancy: Vacancy) -> str:
    found = request.COOKIES.get(f"application-{vacancy.pk}", "")
    return found if 40 <= len(found) <= 64 else ""


def _remember(response: HttpResponse, vacancy: Vacancy, secret: str) -> HttpResponse:
    """The browser's own secret, for this vacancy's pages only."""
    response.set_cookie(
        f"application-{vacancy.pk}", secret, max_age=COOKIE_DAYS * 86_400,
        path=f"/jobs/{vacancy.slug}/", httponly=True, samesite="Lax", secure=settings.SECURE,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@sensitive_post_parameters()
@paper_uploads
@require_http_methods(["GET", "HEAD", "POST"])
@of_job
def apply_page(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    secret = _secret(request, vacancy)
    draft = commands.find_draft(vacancy=vacancy, secret=secret)
    if request.method == "POST":
        return _post(request, vacancy, secret or secrets.token_urlsafe(32), draft)
    if not secret or (draft and draft.sent_at):
        secret, draft = secrets.token_urlsafe(32), None
    filled = queries.application(vacancy, draft)
    return _remember(_form(request, vacancy, filled, draft), vacancy, secret)


def _post(request: HttpRequest, vacancy: Vacancy, secret: str, draft: Draft | None) -> HttpResponse:
    if is_over(f"apply-try:{address_of(request)}", MOST_TRIES, HOUR):
        return _too_many(request, vacancy)
    if request.POST.get("website"):  # people do not see that field
        return redirect("hiring:apply_sent", slug=vacancy.slug)
    troubles, typed = {}, _typed(request, vacancy)
    try:
        draft = commands.save_draft(vacancy=vacancy, secret=secret, values=typed)
    except RuleBroken as broken:
        troubles["form"] = str(broken)
        draft = draft or Draft(vacancy=vacancy)
        draft.values = typed  # too much to be kept; shown again all the same
    else:
        if draft.sent_at:  # by a second press of the button, even while the first was on its way
            return redirect("hiring:apply_sent", slug=vacancy.slug)
        troubles |= _keep_files(request, vacancy, draft)
    filled = queries.application(vacancy, draft, check=True)
    troubles |= _form_troubles(request)
    if troubles or filled.errors:
        response = _form(request, vacancy, filled, draft, troubles)
        return _remember(response, vacancy, secret)
    return _remember(_send(request, vacancy, draft, filled), vacancy, secret)


def _typed(request: HttpRequest, vacancy: Vacancy) -> dict[str, Any]:
    """What the form's own fields hold; anything else is nobody's."""
    plain = {
        name: " ".join(request.POST.get(name, "").replace("\x00", "").split())
        for name in ("name", "email", "phone", "city")
    }
    names = [f"q{question.pk}" for question in queries.questions_of(vacancy)]
    return plain | {name: request.POST.getlist(name)[:40] for name in names if name in request.POST}


def _keep_files(request: HttpRequest, vacancy: Vacancy, draft: Draft) -> dict[str, str]:
    """Files chosen now are kept with the form, so that an error elsewhere loses none."""
    names = ["cv", *(f"q{one.pk}" for one in queries.questions_of(vacancy) if one.kind == "file")]
    troubles = {}
    for name in names:
        if upload := request.FILES.get(name):
            try:
                commands.keep_draft_file(draft=draft, field=name, upload=upload)
            except RuleBroken as broken:
                troubles[name] = str(broken)
        elif f"{name}-drop" in request.POST:
            commands.drop_draft_file(draft=draft, field=name)
    return troubles


def _form_troubles(request: HttpRequest) -> dict[str, str]:
    troubles = {}
    if "consent_vacancy" not in request.POST:
        troubles["consent_vacancy"] = _("Tick this box: without it we may not read the form.")
    try:
        signing.loads(request.POST.get("begun", ""), salt=SALT, max_age=COOKIE_DAYS * 86_400)
        fresh = TOO_FAST
        signing.loads(request.POST["begun"], salt=SALT, max_age=fresh)
    except signing.SignatureExpired:
        return troubles
    except (signing.BadSignature, KeyError):
        pass
    troubles["form"] = _("That was very fast. Look through the form once more, then send it.")
    return troubles


def _send(
    request: HttpRequest, vacancy: Vacancy, draft: Draft, filled: queries.Application
) -> HttpResponse:
    address = address_of(request)
    if is_over(f"apply:{address}", MOST_SENT, HOUR):
        return _too_many(request, vacancy)
    if is_over(f"apply-to:{vacancy.pk}", MOST_SENT_TO_VACANCY, HOUR):
        return _too_many(request, vacancy)
    try:
        commands.submit_application(
            draft_id=draft.pk, person=filled.who(), answers=filled.values,
            text_ids=_ticked(request), language=get_language(), ip_prefix=prefix_of(address),
        )  # fmt: skip
    except RuleBroken as broken:
        return _form(request, vacancy, filled, draft, {"form": str(broken)})
    return redirect("hiring:apply_sent", slug=vacancy.slug)


def _ticked(request: HttpRequest) -> list[int]:
    """The very texts whose boxes were ticked, as the page had shown them."""
    found = []
    for purpose, text in current_texts(get_language()).items():
        if f"consent_{purpose}" not in request.POST:
            continue
        shown = row_id(request.POST.get(f"text_{purpose}"))
        seen = ConsentText.objects.filter(purpose=purpose, pk=shown).first()
        found.append((seen or text).pk)
    return found


def _form(
    request: HttpRequest,
    vacancy: Vacancy,
    filled: queries.Application,
    draft: Draft | None,
    troubles: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    troubles = troubles or {}
    for one in filled.fields:
        one.error = troubles.pop(one.name, one.error)
    files = {one.field: one.name for one in draft.files.all()} if draft and draft.pk else {}
    consents = [
        {"purpose": purpose, "text": text, "is_needed": purpose == "vacancy",
         "is_ticked": f"consent_{purpose}" in request.POST,
         "error": troubles.get(f"consent_{purpose}", "")}
        for purpose, text in current_texts(get_language()).items()
    ]  # fmt: skip
    context = {
        "vacancy": vacancy, "title": vacancy.text("title") or vacancy.title, "filled": filled,
        "consents": consents, "cv": files.get("cv", ""), "cv_error": troubles.get("cv", ""),
        "form_error": troubles.get("form", ""), "has_errors": bool(filled.errors or troubles),
        "begun": request.POST.get("begun") or signing.dumps(str(uuid4())[:8], salt=SALT),
        "accept": FILE_ACCEPT, "most_bytes": MOST_BYTES,
        "currency": vacancy.pay_currency or request.company.currency,
    }  # fmt: skip
    return render(request, "hiring/apply.html", context, status=status)


def _too_many(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    response = render(request, "hiring/apply_later.html", {"vacancy": vacancy}, status=429)
    response["Retry-After"] = str(HOUR)
    return response


@never_cache
@sensitive_post_parameters()
@require_POST
@of_job
def apply_draft(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    """What was typed so far, sent by the page's script; answers nothing."""
    if is_over(f"apply-save:{address_of(request)}", MOST_SAVES, HOUR):
        return HttpResponse(status=429)
    secret = _secret(request, vacancy) or secrets.token_urlsafe(32)
    try:
        commands.save_draft(vacancy=vacancy, secret=secret, values=_typed(request, vacancy))
    except RuleBroken:
        return HttpResponse(status=413)
    return _remember(HttpResponse(status=204), vacancy, secret)


@never_cache
@require_safe
@of_job
def apply_sent(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    """The same for everybody who ever asks."""
    return render(request, "hiring/apply_sent.html", {"vacancy": vacancy})
