"""What was said, promised and attached at an account of somebody else's."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Account
from tests.field import make_contact, make_logged


def plant_touchpoints(account: Account, mark: str) -> None:
    owner = account.owner
    person = make_contact(account, f"{mark} Met")
    make_logged(
        owner, account, person, text=f"{mark}-said", subject=f"{mark}-subject",
        place=f"{mark}-place", next_step={"title": f"{mark}-step", "due": None},
        promise={"text": f"{mark}-promise", "heard_by": f"{mark}-heard"},
        files=[SimpleUploadedFile(f"{mark}-file.txt", f"{mark}-bytes".encode())],
    )  # fmt: skip
    ahead = timezone.now() + dt.timedelta(days=2)
    make_logged(owner, account, person, state="planned", at=ahead, subject=f"{mark}-plan")
