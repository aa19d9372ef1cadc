"""Makers of facts and dossier entries for the walk of all routes."""

from accounts.commands.field import set_field_figures
from accounts.queries.field import field_figures
from people.models import User
from tests.cast import Cast, make_account
from tests.field import make_contact, make_entry, make_observation, make_touchpoint


def fact_of_person(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    contact = make_contact(account)
    make_observation(contact, author=owner)
    return {"pk": account.pk, "contact": contact.pk, "fact": "stance"}


def observation(cast: Cast, owner: User) -> dict:
    contact = make_contact(make_account(owner=owner))
    return {"pk": make_observation(contact, author=owner, days_ago=400).pk}


def question(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    talk = make_touchpoint(account, make_contact(account))
    return {"pk": account.pk, "touchpoint": talk.pk}


def dossier_section(cast: Cast, owner: User) -> dict:
    return {"pk": make_account(owner=owner).pk, "section": "goals"}


def dossier_entry(cast: Cast, owner: User) -> dict:
    return {"pk": make_entry(make_account(owner=owner), "competitors", title="Verpa").pk}


def field_change(cast: Cast, owner: User) -> dict:
    figures = field_figures()
    more = figures | {("cadence_days", "", "A"): (figures["cadence_days", "", "A"] or 0) + 1}
    return {"event": set_field_figures(actor=cast.dora, figures=more, seen=figures).pk}


MAKERS = {
    "field_change": field_change,
    "fact_of_person": fact_of_person,
    "observation": observation,
    "question": question,
    "dossier_section": dossier_section,
    "dossier_entry": dossier_entry,
}
