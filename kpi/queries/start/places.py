"""Where the sentences of a start page lead."""

from django.urls import reverse
from django.utils.http import urlencode


def account(pk: int) -> str:
    return f"/accounts/{pk}/"


def accounts(**filters) -> str:
    return f"/accounts/?{urlencode(filters)}" if filters else "/accounts/"


def portfolio() -> str:
    return reverse("kpi:portfolio_page")


def laboratory() -> str:
    return reverse("kpi:laboratory_page")


def imports() -> str:
    return "/imports/"


def rates() -> str:
    return "/settings/rates/"


def runs() -> str:
    return reverse("kpi:run_list")


def run(pk: int) -> str:
    return reverse("kpi:run_page", args=[pk])


def people() -> str:
    return reverse("people:people_page")
