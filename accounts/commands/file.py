"""Files of an account: attached, taken away, brought back; bytes nobody names any more go."""

import datetime as dt

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account, File, Touchpoint
from common.errors import RuleBroken
from common.file_checks import CheckedFile, checked
from common.files import delete_orphans
from people import verbs
from people.commands import record
from people.models import User

KEPT_AFTER_REMOVAL = dt.timedelta(days=30)

verbs.register(
    {
        "file.attached": gettext_lazy("File attached: %(name)s"),
        "file.removed": gettext_lazy("File removed: %(name)s"),
        "file.restored": gettext_lazy("File brought back: %(name)s"),
    }
)


@transaction.atomic
def attach_file(
    *,
    actor: User,
    account_id: int,
    upload: DjangoFile | CheckedFile,
    touchpoint: Touchpoint | None = None,
) -> File:
    """Keep an upload after looking into it. The same bytes at the same place are kept once.

    The bytes are on disk before the row is committed: if we die between, the nightly tidying finds
    them. Account or Touchpoint.DoesNotExist for what is not there.
    """
    account = Account.objects.editable_by(actor).get(pk=account_id)
    if touchpoint is not None and touchpoint.account_id != account.pk:
        raise Touchpoint.DoesNotExist
    found = upload if isinstance(upload, CheckedFile) else checked(upload)
    same = account.files.filter(
        touchpoint=touchpoint, sha256=found.sha256, name=found.name, removed_at=None
    ).first()
    if same:
        return same
    file = File(
        account=account, touchpoint=touchpoint, name=found.name, size=found.size,
        content_type=found.content_type, sha256=found.sha256, uploaded_by=actor,
    )  # fmt: skip
    file.content.save("", found.content, save=False)
    file.save()
    record(actor=actor, verb="file.attached", target=file, name=file.name)
    return file


def _locked(key: str, *, actor: User) -> File:
    return File.objects.editable_by(actor).select_for_update(of=("self",)).get(key=key)


@transaction.atomic
def remove_file(*, actor: User, key: str) -> File:
    """Out of sight at once, for good after thirty days."""
    file = _locked(key, actor=actor)
    if file.removed_at is None:
        file.removed_at = timezone.now()
        file.save(update_fields=["removed_at"])
        record(actor=actor, verb="file.removed", target=file, name=file.name)
    return file


@transaction.atomic
def restore_file(*, actor: User, key: str) -> File:
    file = _locked(key, actor=actor)
    if file.removed_at is None:
        raise RuleBroken(_("This file is there; there is nothing to bring back."))
    file.removed_at = None
    file.save(update_fields=["removed_at"])
    record(actor=actor, verb="file.restored", target=file, name=file.name)
    return file


def tidy_files(*, now: dt.datetime | None = None) -> int:
    """Rows removed long ago go, then all bytes that no row names; how many bytes' files went."""
    now = now or timezone.now()
    File.objects.filter(removed_at__lt=now - KEPT_AFTER_REMOVAL).delete()
    return delete_orphans(now=now)
