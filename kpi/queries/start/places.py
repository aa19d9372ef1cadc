"""Where the sentences of a start page lead."""

from django.urls import reverse
from django.utils.http import urlencode


def account(pk: int) -> str:
    return reverse("accounts:account_page", args=[pk])


def accounts(**filters) -> str:
    page = reverse("accounts:account_list")
    return f"{page}?{urlencode(filters)}" if filters else page


def portfolio() -> str:
    return reverse("kpi:portfolio_page")


def laboratory() -> str:
    return reverse("kpi:laboratory_page")


def new_import() -> str:
    return reverse("ledger:import_new")


def rates() -> str:
    return reverse("ledger:rate_list")


def runs() -> str:
    return reverse("kpi:run_list")


def run(pk: int) -> str:
    return reverse("kpi:run_page", args=[pk])


def people() -> str:
    return reverse("people:people_page")
