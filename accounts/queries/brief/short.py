"""The brief in some lines, for whoever stands in: what is open and what is coming."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, Promise, Task, Touchpoint
from common import formats
from people.models import Absence, company_midnight

MOST = 5


def what_to_know(account: Account, absence: Absence) -> str:
    """A first text the manager changes: last contact, what is planned and due, open promises."""
    begin, end = company_midnight(absence.valid_from), company_midnight(absence.valid_to)
    lines = []
    last = Touchpoint.objects.done().filter(account=account).exclude(subject="").first()
    if last:
        words = _("Last contact on %(day)s: %(what)s")
        lines.append(
            words % {"day": formats.day(timezone.localdate(last.at)), "what": last.subject}
        )
    planned = Touchpoint.objects.planned().filter(account=account, at__gte=begin, at__lt=end)
    for row in planned.order_by("at")[:MOST]:
        words = _("Planned for %(day)s: %(what)s")
        what = row.subject or row.get_channel_display()
        lines.append(words % {"day": formats.day(timezone.localdate(row.at)), "what": what})
    due = Task.objects.open().filter(account=account, due__lt=absence.valid_to)
    for task in due.order_by("due")[:MOST]:
        words = _("To do by %(day)s: %(what)s")
        lines.append(words % {"day": formats.day(task.due), "what": task.title})
    promises = Promise.objects.open().filter(account=account, is_ours=True)
    for promise in promises.select_related("contact")[:MOST]:
        who = promise.contact.name if promise.contact else account.name
        lines.append(_("We promised %(who)s: %(what)s") % {"who": who, "what": promise.text})
    return "\n".join(lines)[:4000]
