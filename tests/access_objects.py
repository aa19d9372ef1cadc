"""Objects that addresses are about: a maker per kind, from their owner to the address's parts."""

import datetime as dt
import importlib
import io
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.commands import assignment as assignment_commands
from accounts.commands import merge as merge_commands
from accounts.models import Policy, Rate, Segment, Source
from common.models import Import, Job
from people.models import SavedView, User
from tests.cast import Cast, make_account

Makers = dict[str, Callable[[Cast, User], dict]]

numbers = count(1)


def account(cast: Cast, owner: User) -> dict:
    made = make_account(f"Access {next(numbers)}", owner=owner)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    made.logo.save("logo.png", ContentFile(picture.getvalue()))
    return {"pk": made.pk}


def assignment(cast: Cast, owner: User) -> dict:
    made = make_account(f"Access {next(numbers)}", owner=owner)
    return {"pk": made.pk, "assignment": made.assignments.get().pk}


def number(cast: Cast, owner: User) -> dict:
    made = make_account(f"Access {next(numbers)}", owner=owner)
    source, _made = Source.objects.get_or_create(name="access")
    row = made.external_ids.create(source=source, value=f"A-{next(numbers)}")
    return {"pk": made.pk, "number": row.pk}


def account_pair(cast: Cast, owner: User) -> dict:
    first, second = (make_account(f"Access {next(numbers)}", owner=owner) for _ in "ab")
    return {"pk": first.pk, "other": second.pk}


def merge(cast: Cast, owner: User) -> dict:
    pair = account_pair(cast, owner)
    merged = merge_commands.merge_accounts(
        actor=cast.dora, survivor_id=pair["pk"], absorbed_id=pair["other"]
    )
    return {"pk": merged.pk}


def saved_view(cast: Cast, owner: User) -> dict:
    made = SavedView.objects.create(owner=owner, page="accounts", name=f"View {next(numbers)}")
    return {"pk": made.pk}


def bulk_event(cast: Cast, owner: User) -> dict:
    """A bulk assignment that `owner` made: of their own accounts, of helpers as far as they may."""
    made = make_account(f"Access {next(numbers)}", owner=owner)
    event = assignment_commands.assign_accounts(
        actor=owner if owner.is_kam else cast.dora, account_ids=[made.pk], user=cast.kim,
        role="deputy", start=timezone.localdate(),
    )  # fmt: skip
    return {"event": event.pk}


def segment(cast: Cast, owner: User) -> dict:
    made = Segment.objects.create(code=f"access-{next(numbers)}", names={"en": "Access"})
    return {"kind": "segments", "pk": made.pk}


def pin(cast: Cast, owner: User) -> dict:
    made = make_account(f"Access {next(numbers)}", owner=owner)
    row = made.pins.create(kind="key", reason="access", valid_from=timezone.localdate())
    return {"pk": row.pk}


def draft(cast: Cast, owner: User) -> dict:
    return {"pk": Policy.objects.create(name=f"Draft {next(numbers)}", made_by=owner).pk}


def job(cast: Cast, owner: User) -> dict:
    return {"pk": Job.objects.create(name="kpi.jobs.compute", created_by=owner).pk}


def rate(cast: Cast, owner: User) -> dict:
    day = timezone.localdate() - dt.timedelta(days=next(numbers))
    return {"pk": Rate.objects.create(currency="USD", day=day, rate=Decimal("0.9")).pk}


def ledger_import(cast: Cast, owner: User) -> dict:
    made = Import.objects.create(kind="ledger", filename="access.csv", created_by=owner)
    return {"pk": made.pk}


def manager(cast: Cast, owner: User) -> dict:
    return {"pk": owner.pk}


HERE: Makers = {
    "account": account,
    "account_pair": account_pair,
    "assignment": assignment,
    "bulk_event": bulk_event,
    "draft": draft,
    "manager": manager,
    "import": ledger_import,
    "job": job,
    "merge": merge,
    "number": number,
    "pin": pin,
    "rate": rate,
    "saved_view": saved_view,
    "segment": segment,
}
ELSEWHERE = [
    importlib.import_module(f"tests.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("access_*.py"))
    if file != Path(__file__)
]


def joined(*parts: Makers) -> Makers:
    """All makers; two of one name would make objects of the wrong kind for somebody's routes."""
    names = [name for part in parts for name in part]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, f"two makers of {', '.join(sorted(twice))}"
    return {name: maker for part in parts for name, maker in part.items()}


MAKERS = joined(HERE, *(module.MAKERS for module in ELSEWHERE))
