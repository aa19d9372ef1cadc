"""People of somebody else's account: every text of theirs carries the mark."""

from accounts.models import Account, ContactNote, Division
from tests.field import make_contact


def plant_contacts(account: Account, mark: str) -> None:
    division = Division.objects.create(account=account, name=f"{mark}-division", buys=True)
    contact = make_contact(
        account, f"{mark} Contact", other_name=f"{mark}-other", honorific=f"{mark}-dr",
        languages=[f"{mark}-language"], title=f"{mark}-chief", organisation=f"{mark}-bureau",
        division=division, role="purchasing",
    )  # fmt: skip
    for kind, value in (
        ("phone", "+49 40 7919133"), ("email", f"{mark.lower()}@foreign.example"),
        ("messenger", f"@{mark}"), ("profile", f"https://{mark.lower()}.example/p"),
    ):  # fmt: skip
        contact.reaches.create(kind=kind, value=value, normal=value.lower().lstrip("@+"))
    ContactNote.objects.create(contact=contact, account=account, text=f"{mark}-private")
    make_contact(account, "", title=f"{mark}-open place", role="finance")
