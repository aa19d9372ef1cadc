"""What is missing of a handover and why a step is refused, in sentences, each with its place."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import CareSettings, Handover
from accounts.queries.handover_lines import Lines
from accounts.rules import handover as rules
from accounts.rules.handover import Gap, Refusal
from common import formats

NAMED = 3
PLACES = {
    Gap.QUESTION: "questions", Gap.CHECK: "checks", Gap.PROMISE: "promises", Gap.TASK: "tasks",
    Gap.AGREEMENT: "road", Gap.POWER: "people", Gap.PERSON: "people", Gap.JOINT: "joint",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, in words, and the address where it can be done."""

    gap: Gap
    sentence: str
    url: str


def handover_url(handover: Handover, place: str = "") -> str:
    url = reverse("accounts:handover_page", args=[handover.account_id])
    return f"{url}?of={handover.pk}" + (f"#{place}" if place else "")


def missing_before(lines: Lines, state: str) -> list[Missing]:
    """All that keeps from this state, in the order of the page."""
    gaps = rules.gaps_before(state, lines.missing)
    return [Missing(gap, gap_words(gap, lines), gap_url(gap, lines)) for gap in gaps]


def gap_url(gap: Gap, lines: Lines) -> str:
    if gap == Gap.POWER:
        return reverse("accounts:map_page", args=[lines.handover.account_id])
    place = PLACES.get(gap) or first_unseen(lines)
    return handover_url(lines.handover, place)


def first_unseen(lines: Lines) -> str:
    """The section in which something still waits for the new manager."""
    sections = (
        ("questions", lines.questions), ("checks", lines.checks), ("promises", lines.promises),
        ("tasks", lines.tasks),
    )  # fmt: skip
    return next((name for name, rows in sections if any(not row.is_seen for row in rows)), "sign")


def gap_words(gap: Gap, lines: Lines) -> str:
    number = lines.missing[gap]
    words = {"n": formats.number(number), "taker": lines.handover.to_user}
    if gap == Gap.PERSON:
        return _people_words(lines)
    if gap == Gap.JOINT:
        held = _("joint meetings held: %(held)s of %(needed)s.")
        text = ngettext(
            "%(n)s joint meeting of both managers with the customer is missing;",
            "%(n)s joint meetings of both managers with the customer are missing;",
            number,
        )
        counts = {
            "held": formats.number(len(lines.joint)), "needed": formats.number(lines.joint_needed)
        }  # fmt: skip
        return f"{text % words} {held % counts}"
    if gap == Gap.POWER:
        return _(
            "Nobody of power is known at this customer: say on the map who decides, so that they"
            " can be introduced."
        )
    if gap == Gap.AGREEMENT:
        return _("A director has to agree to this handover.")
    return _counted(gap, number) % words


def _counted(gap: Gap, number: int) -> str:
    return {
        Gap.QUESTION: ngettext(
            "%(n)s question is not answered yet.", "%(n)s questions are not answered yet.", number
        ),
        Gap.CHECK: ngettext(
            "%(n)s check is not ticked yet.", "%(n)s checks are not ticked yet.", number
        ),
        Gap.PROMISE: ngettext(
            "%(n)s open promise has not been gone through.",
            "%(n)s open promises have not been gone through.",
            number,
        ),
        Gap.TASK: ngettext(
            "%(n)s open task is neither passed on nor closed.",
            "%(n)s open tasks are neither passed on nor closed.",
            number,
        ),
        Gap.UNSEEN: ngettext(
            "%(taker)s has not acknowledged %(n)s line.",
            "%(taker)s has not acknowledged %(n)s lines.",
            number,
        ),
    }[gap]


def _people_words(lines: Lines) -> str:
    names = [line.contact.name for line in lines.people if not line.is_done]
    words = {"names": _first(names), "taker": lines.handover.to_user, "other": second_words(lines)}
    return (
        ngettext(
            "Not introduced yet: %(names)s. It takes a meeting or call with %(taker)s and"
            " %(other)s.",
            "Not introduced yet: %(names)s. Each takes a meeting or call with %(taker)s and"
            " %(other)s.",
            len(names),
        )
        % words
    )


def _first(names: list[str]) -> str:
    """The first few, and how many more."""
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return shown
    text = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more)
    return text % {"names": shown, "n": formats.number(more)}


def second_words(lines: Lines) -> str:
    """Who has to be there beside the new manager."""
    giver = lines.handover.from_user
    if giver is not None and giver.is_active:
        return str(giver)
    names = [str(user) for user in lines.others[:NAMED]]
    return _(" or ").join(names) if names else _("nobody else")


def refusal_words(refusal: Refusal, handover: Handover, *, needed: str = "") -> str:
    """Why a step cannot be taken by this person or now; `needed`: who could."""
    words = {
        "taker": handover.to_user, "account": handover.account, "needed": needed,
        "state": handover.get_state_display(),
    }  # fmt: skip
    return {
        Refusal.NOT_YOURS: _("This is not yours to do: %(needed)s."),
        Refusal.OVER: _("This handover has gone further already: %(state)s."),
        Refusal.NOT_YET: _("One step after the other: the handover stands at “%(state)s”."),
        Refusal.NOT_ACCEPTED: _("Nothing has changed hands yet; call the handover off instead."),
        Refusal.UNSIGNED: _("Sign by typing your name: %(taker)s."),
        Refusal.OTHER_NAME: _("The signature must be your own name as it stands here: %(taker)s."),
    }[refusal] % words


def who_words(verb: rules.Verb, handover: Handover) -> str:
    """Who may take this step."""
    giver = handover.from_user
    names = {
        rules.Part.GIVER: str(giver) if giver else "",
        rules.Part.TAKER: str(handover.to_user),
        rules.Part.PROPOSER: str(handover.made_by or ""),
        rules.Part.DIRECTOR: _("a director"),
    }
    parts = [part for part in names if part in rules.WHO[verb]]
    shown = list(dict.fromkeys(names[part] for part in parts if names[part]))
    return _("it takes %(names)s") % {"names": _(" or ").join(shown)}


def too_late_words(handover: Handover, settings: CareSettings) -> str:
    """Why it can no longer be taken back, and what to do instead."""
    words = {
        "n": formats.number(settings.undo_days),
        "day": formats.day(handover.accepted_on),
        "until": formats.day(rules.undo_until(handover.accepted_on, settings.undo_days)),
    }
    text = ngettext(
        "A handover can be taken back for %(n)s day: this one was accepted on %(day)s and could be"
        " taken back until %(until)s.",
        "A handover can be taken back for %(n)s days: this one was accepted on %(day)s and could be"
        " taken back until %(until)s.",
        settings.undo_days,
    )
    giver = handover.from_user
    instead = _("Plan a new handover instead.")
    if giver is not None:
        instead = _("Plan a handover back to %(name)s instead.") % {"name": giver}
    return f"{text % words} {instead}"
