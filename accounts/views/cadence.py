"""How often an account or one of its people is to be met: shown and agreed in the drawer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import cadence as commands
from accounts.forms.cadence import CadenceForm
from accounts.models import Account, Contact
from accounts.queries.cadence import cadence_of, person_cadence, tier_of
from accounts.views.tasks import back
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader


def _about(request: HttpRequest, pk: int) -> tuple[Account, Contact | None]:
    rows = Account.objects.editable_by(request.user).select_related("score")
    account = get_object_or_404(rows, pk=pk)
    return account, _contact(request, account)


def _contact(request: HttpRequest, account: Account) -> Contact | None:
    wanted = row_id(request.GET.get("contact") or request.POST.get("contact"))
    if wanted is None:
        return None
    people = Contact.objects.filter(positions__account=account).distinct()
    return get_object_or_404(people, pk=wanted)


@accounts_reader
@require_safe
def cadence_part(request: HttpRequest, pk: int) -> HttpResponse:
    """One line for the pages of the account and of a person."""
    rows = Account.objects.visible_to(request.user).select_related("score")
    account = get_object_or_404(rows, pk=pk)
    contact = _contact(request, account)
    context = {
        "account": account, "contact": contact,
        "cadence": person_cadence(account, contact) if contact else cadence_of(account),
        "may_edit": Account.objects.editable_by(request.user).filter(pk=pk).exists(),
    }  # fmt: skip
    return render(request, "accounts/_cadence.html", context)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def cadence_agree(request: HttpRequest, pk: int) -> HttpResponse:
    account, contact = _about(request, pk)
    now = person_cadence(account, contact) if contact else cadence_of(account)
    initial = {"days": now and now.every, "note": now.note if now else ""}
    initial["is_none"] = bool(now and now.is_agreed and not now.every)
    form = CadenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.agree_cadence(
                actor=request.user, account_id=pk, contact_id=contact and contact.pk,
                days=data["days"], note=data["note"],
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error("days", str(broken))
        else:
            toast(request, _("Agreed."))
            return go(request, back(request, reverse("accounts:account_page", args=[pk])))
    title = _("Rhythm of contact with %(name)s") % {"name": contact or account}
    context = {
        "form": form, "title": title, "account": account, "contact": contact, "now": now,
        "tier": tier_of(account), "action": request.get_full_path(),
    }  # fmt: skip
    return drawer(
        request, "accounts/_cadence_form.html", context, status=422 if form.errors else 200
    )


@accounts_reader
@require_POST
def cadence_forget(request: HttpRequest, pk: int) -> HttpResponse:
    account, contact = _about(request, pk)
    try:
        commands.forget_cadence(
            actor=request.user, account_id=account.pk, contact_id=contact and contact.pk
        )
    except (Account.DoesNotExist, Contact.DoesNotExist) as error:
        raise Http404 from error
    toast(request, _("As the tier has it."))
    return go(request, back(request, reverse("accounts:account_page", args=[pk])))
