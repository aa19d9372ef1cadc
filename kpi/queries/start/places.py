"""Where the sentences of a start page lead."""

from django.urls import reverse
from django.utils.http import urlencode


def account(pk: int) -> str:
    return f"/accounts/{pk}/"


def accounts(**filters) -> str:
    return f"/accounts/?{urlencode(filters)}" if filters else "/accounts/"


def portfolio() -> str:
    return "/portfolio/"


def laboratory() -> str:
    return "/portfolio/laboratory/"


def imports() -> str:
    return "/imports/"


def rates() -> str:
    return "/settings/rates/"


def runs() -> str:
    return "/runs/"


def run(pk: int) -> str:
    return f"/runs/{pk}/"


def people() -> str:
    return "/settings/people/"


def profile() -> str:
    return "/me/"


def start() -> str:
    return reverse("kpi:start_page")
