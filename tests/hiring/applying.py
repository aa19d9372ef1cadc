"""The public form of a vacancy: its addresses, and its fields as a browser sends them."""

import re

from django.test import Client

from hiring.models import Vacancy


def url(vacancy: Vacancy, page: str = "apply") -> str:
    return f"/jobs/{vacancy.slug}/{page}/"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def filled(client: Client, vacancy: Vacancy, **more) -> dict:
    """What must be said, and more; a field that is None is not sent."""
    page = client.get(url(vacancy)).content.decode()
    fields = {**hidden(page), "name": "Ольга Ким", "email": "olga@example.org",
              "consent_vacancy": "1", **more}  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, vacancy: Vacancy, **more):
    return client.post(url(vacancy), filled(client, vacancy, **more))
