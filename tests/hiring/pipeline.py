"""People on a vacancy's board or list, and what its pages are sent and say."""

import json

from django.urls import reverse

from hiring.models import Candidacy, Vacancy
from tests.recruiting import make_candidacy, make_candidate

HTMX = {"HX-Request": "true"}


def row_of(vacancy: Vacancy, name: str = "Polina", **fields) -> Candidacy:
    return make_candidacy(vacancy, make_candidate(name), **fields)


def url(name: str, *args) -> str:
    return reverse(f"hiring:{name}", args=args)


def post(client, address: str, **data):
    return client.post(address, data, headers=HTMX)


def said(response) -> dict:
    return json.loads(response["HX-Trigger"])["toast"]


def stage(vacancy: Vacancy, kind: str) -> int:
    return vacancy.stages.get(kind=kind).pk
