"""Touchpoints, promises and files that addresses are about."""

import datetime as dt
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.commands.file import attach_file
from accounts.commands.promise import make_promise
from people.models import User
from tests.cast import Cast, make_account
from tests.field import make_logged

numbers = count(1)


def an_account(owner: User):
    return make_account(f"Touchpoint access {next(numbers)}", owner=owner)


def touchpoint(cast: Cast, owner: User) -> dict:
    return {"pk": make_logged(owner, an_account(owner)).pk}


def plan(cast: Cast, owner: User) -> dict:
    ahead = timezone.now() + dt.timedelta(days=1)
    return {"pk": make_logged(owner, an_account(owner), state="planned", at=ahead).pk}


def promise(cast: Cast, owner: User) -> dict:
    return {"pk": make_promise(actor=owner, account_id=an_account(owner).pk, text="Access").pk}


def file(cast: Cast, owner: User) -> dict:
    upload = SimpleUploadedFile("access.txt", b"access")
    return {"key": attach_file(actor=owner, account_id=an_account(owner).pk, upload=upload).key}


MAKERS = {"file": file, "plan": plan, "promise": promise, "touchpoint": touchpoint}
