"""Background work in words: what it was, who asked for it, how it went."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import formats
from common.choices import JobState
from common.models import Job
from kpi.choices import NightPart
from people.models import User

NIGHT = "kpi.jobs.recompute"
BACKTEST = "kpi.jobs.backtest"
RESULTS = {NIGHT: "/portfolio/", BACKTEST: "/kpi/forecast/"}
PER_PAGE = 30

WORDS = {
    NIGHT: gettext_lazy("The night’s figures"),
    BACKTEST: gettext_lazy("Trying the forecast on the past"),
    "kpi.jobs.refresh_health": gettext_lazy("Scoring the health of accounts"),
    "accounts.jobs.check_import": gettext_lazy("Reading a ledger file"),
    "accounts.jobs.run_import": gettext_lazy("Importing a ledger file"),
    "accounts.jobs.undo_import": gettext_lazy("Undoing an import"),
    "accounts.jobs.convert_waiting_lines": gettext_lazy("Converting lines at new rates"),
    "accounts.jobs.renew_ties": gettext_lazy("Reckoning ties anew"),
    "common.scanning.scan_files": gettext_lazy("Looking for viruses in files"),
    "hiring.jobs.read_candidate_file": gettext_lazy("Reading a file of a candidate"),
    "hiring.jobs.send_email_code": gettext_lazy("Sending a code to a new address"),
    "hiring.jobs.send_email_notice": gettext_lazy("Telling an old address of a new one"),
    "accounts.jobs.tidy_files": gettext_lazy("Deleting files that were removed"),
    "accounts.jobs.send_customer_letter": gettext_lazy("Sending a letter to a customer"),
    "accounts.jobs.watch_handovers": gettext_lazy("Watching accounts that changed hands"),
    "accounts.jobs.tend_absences": gettext_lazy("Absences, departures, personal control"),
    "accounts.jobs.tell_day": gettext_lazy("Telling what is due"),
    "hiring.jobs.ask_observers": gettext_lazy("Asking observers for scorecards"),
    "hiring.jobs.measure_probations": gettext_lazy("Measuring probations"),
    "hiring.jobs.remind_of_sessions": gettext_lazy("Reminding candidates of sessions"),
    "hiring.jobs.send_letter": gettext_lazy("Sending a letter to a candidate"),
    "hiring.jobs.send_due_letters": gettext_lazy("Sending letters to candidates"),
    "hiring.jobs.erase_candidate": gettext_lazy("Erasing a candidate"),
    "hiring.jobs.erase_due": gettext_lazy("Erasing candidates whose time is over"),
    "hiring.jobs.check_looks": gettext_lazy("Checking the log of who looked at candidates"),
    "people.jobs.mail_digest": gettext_lazy("Sending the news by mail"),
    "people.jobs.mail_invitation": gettext_lazy("Sending an invitation"),
    "people.jobs.mail_password_reset": gettext_lazy("Sending a link for a new password"),
    "people.jobs.mail_email_change": gettext_lazy("Confirming a new e-mail address"),
    "people.jobs.mail_security_notice": gettext_lazy("Sending a security notice"),
}

STOPPED = {JobState.FAILED: "failed", JobState.CANCELLED: "stopped"}


@dataclass(frozen=True, slots=True)
class PartRun:
    """One part of a night; `state`: "done", "running", "failed", "stopped", "waiting", "spared"."""

    title: str
    state: str
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Run:
    """One job as a person reads it; `counts` are sentences, `took` is None until it ends.

    `parts` are those of a night that has begun.
    """

    job: Job
    title: str
    took: timedelta | None
    counts: list[str]
    trouble: str
    parts: list[PartRun]

    @property
    def url(self) -> str:
        """Where its result is: a page, or the import it worked on; empty for others."""
        if self.job.state == JobState.DONE and self.job.name in RESULTS:
            return RESULTS[self.job.name]
        number = self.job.kwargs.get("import_id")
        return f"/imports/{number}/" if number else ""

    @property
    def is_stoppable(self) -> bool:
        return not self.job.is_finished and not self.job.cancel_asked


@dataclass(frozen=True, slots=True)
class Night:
    """How the last night's work ended: "never", "running", "failed", "late" or "well"."""

    state: str
    sentence: str
    run: Run | None


def runs(user: User, *, before: int | None = None) -> tuple[list[Run], int | None]:
    """The newest runs the reader may see, older than job `before`; then where the next begins."""
    rows = readable(user).order_by("-created_at", "-pk")
    last = Job.objects.filter(pk=before).first() if before else None
    if last:  # a row that was started again has an old number and a new date
        same = Q(created_at=last.created_at, pk__lt=last.pk)
        rows = rows.filter(Q(created_at__lt=last.created_at) | same)
    found = list(rows[: PER_PAGE + 1])
    following = found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None
    return [as_run(job) for job in found[:PER_PAGE]], following


def readable(user: User) -> QuerySet[Job]:
    return Job.objects.visible_to(user).select_related("created_by")


def as_run(job: Job) -> Run:
    ended = job.finished_at or (timezone.now() if job.started_at else None)
    took = ended - job.started_at if ended and job.started_at else None
    return Run(job, title(job), took, counts(job.result), trouble(job), parts(job))


def parts(job: Job) -> list[PartRun]:
    """How far each part of a night is, as it tells of itself."""
    if job.name != NIGHT or job.started_at is None or job.state == JobState.QUEUED:
        return []
    took = job.result.get("parts", {})
    if job.state == JobState.DONE and not took:
        return []
    others = "spared" if job.state == JobState.DONE else "waiting"
    states = dict.fromkeys(_parts_at(job), STOPPED.get(job.state, "running"))
    states |= dict.fromkeys(took, "done")
    return [
        PartRun(
            str(part.label),
            states.get(part, others),
            timedelta(seconds=took[part]) if part in took else None,
        )
        for part in NightPart
    ]


def _parts_at(job: Job) -> list[str]:
    """At which it is, or was when it ended early."""
    return [] if job.state == JobState.DONE else job.result.get("at", [NightPart.SCORES])


def title(job: Job) -> str:
    """What the job is for; the night names the day it computes."""
    words = str(WORDS.get(job.name, job.name))
    if day := job.kwargs.get("as_of") or job.result.get("as_of"):
        return _("%(what)s as of %(day)s") % {
            "what": words,
            "day": formats.day(date.fromisoformat(day)),
        }
    return words


def counts(result: dict) -> list[str]:
    """What a job reported, as sentences; what has no words here is left out."""
    words = {
        "accounts": lambda n: ngettext("%(number)s account", "%(number)s accounts", n),
        "changed": lambda n: ngettext("%(number)s row changed", "%(number)s rows changed", n),
        "moves": lambda n: ngettext("%(number)s tier move", "%(number)s tier moves", n),
        "controlled": lambda n: ngettext(
            "%(number)s key account came under a director's control",
            "%(number)s key accounts came under a director's control",
            n,
        ),
        "chances": lambda n: ngettext(
            "%(number)s chance of an order changed", "%(number)s chances of an order changed", n
        ),
        "warnings": lambda n: ngettext("%(number)s new warning", "%(number)s new warnings", n),
        "days": lambda n: ngettext("%(number)s day judged", "%(number)s days judged", n),
        "moved": lambda n: ngettext("%(number)s line converted", "%(number)s lines converted", n),
        "lines": lambda n: ngettext("%(number)s line", "%(number)s lines", n),
        "rejected": lambda n: ngettext("%(number)s line refused", "%(number)s lines refused", n),
    }
    return [
        plural(result[key]) % {"number": formats.number(result[key])}
        for key, plural in words.items()
        if isinstance(result.get(key), int)
    ]


def trouble(job: Job) -> str:
    """What went wrong and what is safe, for a person; the technical words stay in the log."""
    if job.state == JobState.FAILED and job.name == NIGHT:
        return _(
            "It ended with an error in one part: %(part)s. What the other parts wrote is whole;"
            " start it again, and if it fails again, give your administrator number %(number)s."
        ) % {"part": NightPart(_parts_at(job)[0]).label, "number": job.pk}
    if job.state == JobState.FAILED:
        return _(
            "It ended with an error. What was there before is unchanged; start it again, and if it"
            " fails again, give your administrator number %(number)s."
        ) % {"number": job.pk}
    if refused := job.result.get("refused"):
        return str(refused)
    if job.state == JobState.CANCELLED and job.name == NIGHT:
        return _(
            "Somebody stopped it. What it had written by then is whole, the rest is as it was."
        )
    if job.state == JobState.CANCELLED:
        return _("Somebody stopped it. What was there before is unchanged.")
    if job.state == JobState.RUNNING and job.attempts > 1:
        return _("It was interrupted and goes on by itself.")
    if job.state == JobState.QUEUED and timezone.now() - job.created_at > timedelta(minutes=2):
        return _("It has been waiting for a free worker for some minutes.")
    return ""


def last_night(user: User) -> Night:
    """The state of the night's work as one sentence, for readers of the portfolio."""
    job = Job.objects.filter(name=NIGHT).order_by("-created_at", "-pk").first()
    if job is None:
        return Night("never", _("Tiers have never been computed."), None)
    run = as_run(job)
    return Night(*_how_it_went(job, run), run)


def _how_it_went(job: Job, run: Run) -> tuple[str, str]:
    if not job.is_finished:
        percent = formats.percent((job.percent or 0) / 100)
        return "running", _("Tiers are being computed: %(percent)s.") % {"percent": percent}
    moment = formats.ago(job.finished_at)
    if job.state == JobState.FAILED:
        return "failed", _("The last computation failed (%(when)s). %(safe)s") % {
            "when": moment,
            "safe": _("These are the figures of the one before."),
        }
    if job.state == JobState.CANCELLED:
        return "failed", _("The last computation was stopped (%(when)s).") % {"when": moment}
    if timezone.now() - job.finished_at > timedelta(hours=36):
        return "late", _("Tiers were last computed %(when)s; the nightly work is late.") % {
            "when": moment
        }
    return "well", _("Tiers were computed %(when)s.") % {"when": moment}
