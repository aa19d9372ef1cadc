"""News about probations. No account and no sum: the bell is read over shoulders."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.models import Probation
from people import notices
from people.models import User

OFFERED, SENT_BACK = "probation_offered", "probation_sent_back"
ACCEPTED, STUCK = "probation_accepted", "probation_stuck"
STARTED, EXTENDED, PASSED = "probation_started", "probation_extended", "probation_passed"
FAILED, CANCELLED = "probation_failed", "probation_cancelled"
LEAVES = "probation_leaves"
WEEK_DUE, WEEK_WORDS = "probation_week_due", "probation_week_words"
WEEK_HELD, WEEK_MISSED = "probation_week_held", "probation_week_missed"
EVIDENCE = "probation_evidence"
ACCOUNT_LEFT, ENDING = "probation_account_left", "probation_ending"


def _find(user: User, ids: Collection[int]) -> dict[int, Probation]:
    return Probation.objects.visible_to(user).select_related("user").in_bulk(ids)


def _url(row: Probation) -> str:
    return reverse("hiring:probation_page", args=[row.pk])


def _kind(icon: str, words: str | Promise) -> notices.Kind:
    def sentence(row: Probation, data: dict) -> str:
        return words % {"name": row.user}

    return notices.Kind(icon=icon, find=_find, sentence=sentence, url=_url)


notices.register(
    {
        OFFERED: _kind("clipboard", _("A probation plan waits for the newcomer: %(name)s")),
        SENT_BACK: _kind("arrow-counterclockwise", _("%(name)s asks for another probation plan")),
        ACCEPTED: _kind("check-lg", _("The probation plan is accepted: %(name)s")),
        STUCK: _kind(
            "exclamation-triangle",
            _("The probation of %(name)s could not begin on its day: look at the plan"),
        ),
        STARTED: _kind("play", _("The probation has begun: %(name)s")),
        EXTENDED: _kind("calendar-plus", _("The probation was extended: %(name)s")),
        PASSED: _kind("check-circle", _("The probation is passed: %(name)s")),
        FAILED: _kind("x-circle", _("The probation was not passed: %(name)s")),
        LEAVES: _kind(
            "box-arrow-right", _("%(name)s leaves after the probation: note their last day")
        ),
        CANCELLED: _kind("x-circle", _("The probation was called off: %(name)s")),
        WEEK_DUE: _kind("chat-left-text", _("This week's talk with %(name)s is due")),
        WEEK_WORDS: _kind("chat-left-text", _("%(name)s: write your words before the weekly talk")),
        WEEK_HELD: _kind("chat-left-text", _("The weekly talk of %(name)s is noted: read it")),
        WEEK_MISSED: _kind(
            "exclamation-triangle", _("A weekly talk with %(name)s was not held within a week")
        ),
        EVIDENCE: _kind("file-earmark-text", _("Something was noted in the probation of %(name)s")),
        ACCOUNT_LEFT: _kind("box-arrow-right", _("An account left the probation of %(name)s")),
        ENDING: _kind("clock", _("The probation of %(name)s ends soon: decide about it")),
    }
)
