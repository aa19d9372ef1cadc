"""Questions as one can ask them of a customer, each with why; the checklist made concrete."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import DossierSection
from accounts.models import ContactRole, Touchpoint
from accounts.queries.brief.changes import shortened
from accounts.queries.brief.parts import Due, Guest, Orders, Section, Unmet
from accounts.queries.dossier import ASK
from accounts.queries.graph_coverage import rule_words
from accounts.rules.brief import CHECKLIST, Ask
from common import formats


@dataclass(frozen=True)
class Question:
    text: str
    why: str


@dataclass(frozen=True)
class Item:
    """A line of the checklist; `note` is what it means this time."""

    key: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Known:
    """What sentences are about, by the ids that a rule's answer carries."""

    promises: dict[int, Due]
    guests: dict[int, Guest]
    roles: dict[str, ContactRole]
    sections: dict[str, Section]
    unmet: dict[int, Unmet]
    orders: Orders | None


def question(ask: Ask, known: Known) -> Question:
    if ask.kind in ("ours_late", "ours_due", "theirs_late", "theirs_open"):
        return _of_promise(ask, known.promises[ask.about])
    if ask.kind in ("doubts", "stance", "stance_unknown", "reach"):
        return _of_guest(ask, known.guests[ask.about])
    if ask.kind == "hole":
        role = known.roles[ask.about].name
        return Question(
            _("Who takes this part with you: %(role)s?") % {"role": role},
            _("Nobody we know holds this place, and the tier asks for one."),
        )
    if ask.kind in ("access", "second"):
        return _of_rule(ask, known.unmet[ask.about])
    if ask.kind in ("gap", "aged"):
        return _of_section(known.sections[ask.about])
    return _of_orders(ask, known.orders)


def _of_promise(ask: Ask, due: Due) -> Question:
    promise = due.promise
    words = {
        "text": shortened(promise.text.rstrip(".")),
        "day": formats.day(promise.due) if promise.due else "",
        "made": formats.day(promise.made_on),
    }
    if ask.kind == "ours_late":
        late = ngettext(
            "Our promise of %(made)s is %(n)s day late.",
            "Our promise of %(made)s is %(n)s days late.",
            ask.days,
        )
        text = _("We owe you “%(text)s”: by when do you need it at the latest?")
        return Question(text % words, late % {**words, "n": ask.days})
    if ask.kind == "ours_due":
        text = _("We bring you “%(text)s” by %(day)s: does that still suit you?")
        return Question(text % words, _("Promised on %(made)s, due soon.") % words)
    text = _("“%(text)s”: what do you still need from us for it?")
    if ask.kind == "theirs_late":
        late = ngettext(
            "They promised it on %(made)s; it is %(n)s day late.",
            "They promised it on %(made)s; it is %(n)s days late.",
            ask.days,
        )
        return Question(text % words, late % {**words, "n": ask.days})
    return Question(text % words, _("On %(made)s they promised it.") % words)


def _of_guest(ask: Ask, guest: Guest) -> Question:
    words = {"name": guest.name, "n": ask.days, "value": guest.stance.label if guest.stance else ""}
    if ask.kind == "doubts":
        seen = ngettext(
            "%(name)s: “%(value)s”, as seen %(n)s day ago.",
            "%(name)s: “%(value)s”, as seen %(n)s days ago.",
            ask.days,
        )
        return Question(_("What would we have to change for you to recommend us?"), seen % words)
    if ask.kind == "reach":
        last = guest.last_on
        why = _("We have never spoken with %(name)s, whose word weighs here.")
        if last is not None:
            why = _("On %(day)s we last talked with %(name)s, whose word weighs here.")
            words["day"] = formats.day(last)
        return Question(_("May we include %(name)s in our next meeting?") % words, why % words)
    text = _("How satisfied are you with us, and what should we do differently?")
    if ask.kind == "stance_unknown":
        return Question(text, _("How %(name)s stands towards us was never recorded.") % words)
    seen = ngettext(
        "The stance of %(name)s was last seen %(n)s day ago.",
        "The stance of %(name)s was last seen %(n)s days ago.",
        ask.days,
    )
    return Question(text, seen % words)


def _of_rule(ask: Ask, unmet: Unmet) -> Question:
    why = rule_words(unmet.rule, unmet.met)
    if ask.kind == "second":
        text = _("May a colleague of mine come along next time, so that you know two of us?")
        return Question(text, why)
    text = _("How do we best reach this person with you, directly or through you: %(role)s?")
    return Question(text % {"role": unmet.rule.role.name}, why)


def _of_section(section: Section) -> Question:
    if section.age is None:
        why = _("The dossier has nothing under “%(section)s”.") % {"section": section.label}
    else:
        words = {"section": section.label, "day": formats.day(section.entries[-1].day)}
        why = _("Since %(day)s nobody has renewed “%(section)s”.") % words
    return Question(str(ASK[DossierSection(section.code)]), why)


def _of_orders(ask: Ask, orders: Orders | None) -> Question:
    assert orders is not None
    if ask.kind == "silence":
        words = {"n": ask.days, "day": formats.day(orders.last_order)}
        why = ngettext(
            "The last order was on %(day)s, %(n)s day ago.",
            "The last order was on %(day)s, %(n)s days ago.",
            ask.days,
        )
        return Question(_("What has changed with you since your last order?"), why % words)
    change = formats.percent(abs(orders.change or 0))
    return Question(
        _("Which part of last year's volume do you need no longer, or buy elsewhere?"),
        _("Orders are %(change)s below the twelve months before.") % {"change": change},
    )


def checklist(
    touchpoint: Touchpoint | None,
    coming: list[Guest],
    due: list[Due],
    changes: int,
    bought: str,
) -> list[Item]:
    """The seven mistakes turned around; a note where the data say what it means this time."""
    texts = {
        "early": _("Be there ten minutes early"),
        "news": _("Know what is new with them"),
        "prepare": _("Have an aim, and three questions"),
        "product": _("Know what they buy, and what it does for them"),
        "manners": _("Address everybody as they like it"),
        "listen": _("Listen; answer a reproach with a question"),
        "finish": _("Let them finish; note what they ask for"),
    }
    notes = {
        "early": _where(touchpoint),
        "news": _news(changes),
        "prepare": _owed(due),
        "product": bought,
        "manners": "; ".join(filter(None, map(_address, coming))),
        "listen": "; ".join(_careful(guest) for guest in coming if guest.sore_spot),
        "finish": "; ".join(_prefers(guest) for guest in coming if guest.preference),
    }
    return [Item(key, texts[key], notes[key]) for key in CHECKLIST]


def _where(touchpoint: Touchpoint | None) -> str:
    if touchpoint is None:
        return ""
    when = formats.moment(touchpoint.at)
    return f"{when}, {touchpoint.place}" if touchpoint.place else when


def _news(changes: int) -> str:
    words = ngettext(
        "%(n)s change since the last meeting", "%(n)s changes since the last meeting", changes
    )
    return words % {"n": changes} if changes else ""


def _owed(due: list[Due]) -> str:
    ours = sum(one.promise.is_ours for one in due)
    words = ngettext("%(n)s open promise of ours", "%(n)s open promises of ours", ours)
    return words % {"n": ours} if ours else ""


def _address(guest: Guest) -> str:
    contact = guest.position.contact
    return contact.honorific or contact.name


def _careful(guest: Guest) -> str:
    return f"{guest.name}: {shortened(guest.sore_spot.label)}"


def _prefers(guest: Guest) -> str:
    return f"{guest.name}: {shortened(guest.preference.label)}"
