"""What is known about people of an account of somebody else's."""

from accounts.models import Account
from tests.field import make_contact, make_entry, make_observation, make_touchpoint


def plant_facts(account: Account, mark: str) -> None:
    contact = make_contact(account, f"{mark} Person", title=f"{mark}-title")
    talk = make_touchpoint(account, contact, subject=f"{mark}-subject", text=f"{mark}-said")
    make_observation(contact, "sore_spot", f"{mark}-sore", days_ago=2000, evidence=talk)
    make_observation(contact, "preference", f"{mark}-likes", author=account.owner)
    make_entry(account, "goals", f"{mark}-goals", source=f"{mark}-source")
    make_entry(account, "competitors", f"{mark}-rival", title=f"{mark}-rival")
