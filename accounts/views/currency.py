from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.commands import currency as commands
from accounts.forms.currency import CurrencyForm
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def currency_page(request: HttpRequest) -> HttpResponse:
    form = CurrencyForm(request.POST or None, initial={"currency": request.company.currency})
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_currency(actor=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("currency", str(refusal))
        else:
            toast(request, _("Saved."))
            return redirect("people:company_page")
    return render(request, "ledger/currency.html", {"form": form})
