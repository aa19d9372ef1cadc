"""Settings: segments, territories, service lines and tags."""

from functools import partial, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import reference as commands
from accounts.forms.reference import NamedForm, TagNameForm
from common.drawer import removed, saved

USES = {
    "segments": "account",
    "territories": "account",
    "service-lines": "products",
    "tags": "accounts",
}


def keeper(view):
    """Directors and administrators; for others these pages do not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, kind: str, *args, **kwargs) -> HttpResponse:
        if not (request.user.is_director or request.user.is_administrator):
            raise Http404
        if kind not in commands.KINDS:
            raise Http404
        return view(request, kind, *args, **kwargs)

    return guarded


def titles() -> dict[str, str]:
    return {
        "segments": _("Segments"),
        "territories": _("Territories"),
        "service-lines": _("Service lines"),
        "tags": _("Tags"),
    }


@keeper
@require_safe
def reference_list(request: HttpRequest, kind: str) -> HttpResponse:
    rows = commands.KINDS[kind].objects.annotate(uses=Count(USES[kind]))
    tabs = [
        {"label": title, "url": reverse("accounts:reference_list", args=[key]),
         "is_current": key == kind}
        for key, title in titles().items()
    ]  # fmt: skip
    context = {
        "kind": kind, "title": titles()[kind], "rows": rows, "tabs": tabs,
        "languages": settings.LANGUAGES,
    }  # fmt: skip
    return render(request, "accounts/reference_list.html", context)


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def reference_create(request: HttpRequest, kind: str) -> HttpResponse:
    form = form_of(kind, request.POST or None)
    return edit(request, kind, form, None, _("Add an entry"))


@keeper
@require_http_methods(["GET", "HEAD", "POST"])
def reference_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    row = get_object_or_404(commands.KINDS[kind], pk=pk)
    if kind == "tags":
        initial = {"name": row.name}
    else:
        initial = {"code": row.code} | {f"name_{code}": name for code, name in row.names.items()}
    form = form_of(kind, request.POST or None, initial)
    if kind != "tags":
        form.fields["code"].disabled = True
    return edit(request, kind, form, pk, str(row))


def form_of(kind: str, data, initial: dict | None = None):
    return (TagNameForm if kind == "tags" else NamedForm)(data, initial=initial)


def edit(request: HttpRequest, kind: str, form, pk: int | None, title: str) -> HttpResponse:
    def save() -> None:
        if kind == "tags":
            commands.save_tag(actor=request.user, row_id=pk, **form.cleaned_data)
        else:
            commands.save_named(
                actor=request.user, kind=kind, code=form.cleaned_data["code"],
                names=form.names(), row_id=pk,
            )  # fmt: skip

    return saved(request, form, title, save, reverse("accounts:reference_list", args=[kind]))


@keeper
@require_POST
def reference_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    get_object_or_404(commands.KINDS[kind], pk=pk)
    remove = partial(commands.remove_reference, actor=request.user, kind=kind, row_id=pk)
    return removed(request, remove, reverse("accounts:reference_list", args=[kind]))
