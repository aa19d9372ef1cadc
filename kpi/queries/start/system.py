"""An administrator's page: is everything well, and who still has something to do."""

import datetime as dt
import json
import shutil
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.choices import JobState
from common.doctor import LEAST_FREE, LONGEST_WITHOUT_BACKUP, SCHEDULER_SILENT, backup_stamp
from common.jobs import SCHEDULER_BEAT
from common.models import Job
from kpi.queries.runs import last_night
from kpi.queries.start import places
from kpi.queries.start.parts import Action
from people.models import Company, Invitation, RoleGrant, User

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class State:
    """One thing that is well ("pos"), wants care ("cau") or fails ("dan"); "" is only a fact."""

    icon: str
    tone: str
    label: str
    sentence: str
    action: Action | None = None

    @property
    def words(self) -> str:
        return {"pos": _("well"), "cau": _("look"), "dan": _("trouble")}.get(self.tone, "")


def system(user: User) -> list[State]:
    return [_night(user), _jobs(), _scheduler(), _backup(), _disk()]


def _night(user: User) -> State:
    night = last_night(user)
    tone = {"well": "pos", "running": "pos", "never": "cau", "late": "cau"}.get(night.state, "dan")
    action = Action(_("See the runs"), places.runs())
    return State("moon-stars", tone, _("Last night"), night.sentence, action)


def _jobs() -> State:
    lately = timezone.now() - DAY
    found = Job.objects.aggregate(
        ended=Count("pk", filter=Q(finished_at__gte=lately)),
        failed=Count("pk", filter=Q(finished_at__gte=lately, state=JobState.FAILED)),
        waiting=Count("pk", filter=Q(state=JobState.QUEUED)),
    )
    if not found["ended"]:
        words = _("No work ended in the last day.")
    elif not found["failed"]:
        words = ngettext(
            "%(count)s job ended well in the last day.",
            "%(count)s jobs ended well in the last day.",
            found["ended"],
        )
    else:
        words = ngettext(
            "%(failed)s of %(count)s job of the last day failed.",
            "%(failed)s of %(count)s jobs of the last day failed.",
            found["ended"],
        )
    sentence = words % {
        "count": formats.number(found["ended"]),
        "failed": formats.number(found["failed"]),
    }
    if found["waiting"]:
        waiting = ngettext("%(count)s waits.", "%(count)s wait.", found["waiting"])
        sentence = f"{sentence} {waiting % {'count': formats.number(found['waiting'])}}"
    action = Action(_("See the runs"), places.runs()) if found["failed"] else None
    return State("list-check", "dan" if found["failed"] else "pos", _("Work"), sentence, action)


def _scheduler() -> State:
    beaten = cache.get(SCHEDULER_BEAT)
    label = _("Scheduler")
    if beaten is None:
        words = _("It has not been heard here: nightly work does not start by itself.")
        return State("clock-history", "cau", label, words)
    silent = timezone.now().timestamp() - beaten
    if silent > SCHEDULER_SILENT:
        words = _("It has been silent for %(minutes)s min: nightly work does not start by itself.")
        return State(
            "clock-history", "dan", label, words % {"minutes": formats.number(int(silent // 60))}
        )
    return State("clock-history", "pos", label, _("It works."))


def _backup() -> State:
    stamp = backup_stamp()
    if not stamp.exists():
        words = _("There is none yet. The command “backup” makes one; let it run every night.")
        return State("archive", "cau", _("Backup"), words)
    made = dt.datetime.fromisoformat(json.loads(stamp.read_text())["at"])
    late = timezone.now() - made > LONGEST_WITHOUT_BACKUP
    sentence = _("The last one was made %(when)s.") % {"when": formats.ago(made)}
    return State("archive", "dan" if late else "pos", _("Backup"), sentence)


def _disk() -> State:
    usage = shutil.disk_usage(settings.DATA_DIR)
    share = usage.free / usage.total
    sentence = _("%(share)s of the disk is free.") % {"share": formats.percent(share, 0)}
    return State("hdd", "dan" if share < LEAST_FREE else "pos", _("Disk"), sentence)


def people_state(user: User) -> list[State]:
    """Who may sign in, whose second factor is missing where it is required, who was invited."""
    grants = RoleGrant.objects.filter(
        user=OuterRef("pk"), role__in=Company.current().second_factor_roles
    )
    keys = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    found = User.objects.filter(is_active=True).aggregate(
        active=Count("pk"),
        bare=Count("pk", filter=~Exists(keys)),
        owing=Count("pk", filter=Exists(grants) & ~Exists(keys)),
    )
    action = Action(_("Open the people"), places.people())
    active = ngettext(
        "%(count)s person may sign in.", "%(count)s people may sign in.", found["active"]
    ) % {"count": formats.number(found["active"])}
    return [State("people", "", _("People"), active, action), _factors(found), _invitations(user)]


def _factors(found: dict) -> State:
    if found["owing"]:
        words = ngettext(
            "%(count)s person must set one up at the next sign-in.",
            "%(count)s people must set one up at the next sign-in.",
            found["owing"],
        ) % {"count": formats.number(found["owing"])}
        return State("shield-lock", "cau", _("Second factor"), words)
    words = ngettext(
        "%(count)s person has none; no role of theirs requires it.",
        "%(count)s people have none; no role of theirs requires it.",
        found["bare"],
    ) % {"count": formats.number(found["bare"])}
    return State("shield-lock", "pos", _("Second factor"), words)


def _invitations(user: User) -> State:
    now = timezone.now()
    unused = Invitation.objects.visible_to(user).unanswered()
    found = unused.aggregate(
        open=Count("pk", filter=Q(expires_at__gt=now)),
        stale=Count("pk", filter=Q(expires_at__lte=now)),
    )
    if not found["open"] and not found["stale"]:
        return State("envelope", "", _("Invitations"), _("Nobody is invited at the moment."))
    words = ngettext("%(count)s is open.", "%(count)s are open.", found["open"]) % {
        "count": formats.number(found["open"])
    }
    if found["stale"]:
        stale = ngettext(
            "%(count)s has expired unused.", "%(count)s have expired unused.", found["stale"]
        ) % {"count": formats.number(found["stale"])}
        words = f"{words} {stale}"
    return State("envelope", "cau" if found["stale"] else "", _("Invitations"), words)
