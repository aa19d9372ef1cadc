"""The calculator in words and bars: what a number of invitations leads to, and how sure that is."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from common import formats
from common.why import Why
from hiring.queries.invitations import Calculation, Stratum
from hiring.rules import show

WIDTH, BASE, TOP = 310.0, 92.0, 36.0
# Beyond this part of the width the words stand left of the line.
LEFT = 0.66
REPLIES: dict[str, str | Promise] = {
    show.CONFIRMED_TODAY: gettext_lazy("confirmed within a day of the session"),
    show.EARLIER: gettext_lazy("confirmed earlier"),
    show.BOOKED: gettext_lazy("booked, not confirmed yet"),
    show.SILENT: gettext_lazy("no answer yet"),
}
NOTICES: dict[str, str | Promise] = {
    show.LESS_THAN_DAY: pgettext_lazy("invited before the session", "less than a day before"),
    show.ONE_TO_THREE_DAYS: pgettext_lazy("invited before the session", "1–3 days before"),
    show.MORE_THAN_THREE_DAYS: pgettext_lazy(
        "invited before the session", "more than 3 days before"
    ),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How likely it is that exactly `people` come; tone low, middle, over."""

    people: int
    chance: str
    x: str
    y: str
    width: str
    height: str
    tone: str
    label_x: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A stratum in words."""

    who: str
    size: int
    rate: str
    known: str


@dataclass(frozen=True, slots=True)
class Panel:
    calculation: Calculation
    sentence: SafeString
    notes: list[str]
    doubts: list[str]
    bars: list[Bar]
    line_x: str
    label_x: str
    labels_left: bool
    too_many: str
    seats_label: str
    range_label: str
    picture: str
    rows: list[Row]
    why: Why


def panel(calculation: Calculation) -> Panel:
    bars = bars_of(calculation)
    seats = calculation.session.seats
    line = _line_x(bars, seats)
    over = formats.percent(calculation.then.over)
    return Panel(
        calculation=calculation,
        sentence=sentence(calculation),
        notes=notes(calculation),
        doubts=doubts(calculation),
        bars=bars,
        line_x=_figure(line),
        label_x=_figure(line - 6 if line > WIDTH * LEFT else line + 6),
        labels_left=line > WIDTH * LEFT,
        too_many=_("too many: %(share)s") % {"share": over},
        seats_label=ngettext("%(n)s seat", "%(n)s seats", seats) % {"n": formats.number(seats)},
        range_label=_("%(low)s – %(high)s come") % _range(calculation),
        picture=picture(calculation),
        rows=[row_of(one) for one in calculation.strata],
        why=why(calculation),
    )


def _range(calculation: Calculation) -> dict[str, str]:
    then = calculation.then
    return {"low": formats.number(then.low), "high": formats.number(then.high)}


def _figure(value: float) -> str:
    """A number of an SVG attribute, whatever the reader's language."""
    return f"{value:.1f}"


def sentence(calculation: Calculation) -> SafeString:
    """Invite 17: expect 8.5; 83 % that at least 7 come; 31 % that 10 or more come."""
    more, seats, then = calculation.advice.more, calculation.session.seats, calculation.then
    values = {
        "number": format_html("<b>{}</b>", formats.number(more)),
        "mean": format_html("<b>{}</b>", formats.number(then.mean, 1)),
        "nearly": format_html("<b>{}</b>", formats.percent(then.nearly_full)),
        "least": formats.number(max(0, seats - 1)),
        "crowded": format_html("<b>{}</b>", formats.percent(then.crowded)),
        "most": formats.number(seats + 2),
    }
    if not more:
        words = _(
            "Enough are invited: expect {mean}; {nearly} that at least {least} come; {crowded} "
            "that {most} or more come."
        )
    elif calculation.invited:
        words = ngettext(
            "Invite {number} more: expect {mean}; {nearly} that at least {least} come; {crowded} "
            "that {most} or more come.",
            "Invite {number} more: expect {mean}; {nearly} that at least {least} come; {crowded} "
            "that {most} or more come.",
            more,
        )
    else:
        words = ngettext(
            "Invite {number}: expect {mean}; {nearly} that at least {least} come; {crowded} that "
            "{most} or more come.",
            "Invite {number}: expect {mean}; {nearly} that at least {least} come; {crowded} that "
            "{most} or more come.",
            more,
        )
    return format_html(words, **values)


def notes(calculation: Calculation) -> list[str]:
    """What bounds the number: the room, the group, a rate too low."""
    advice, session = calculation.advice, calculation.session
    found = []
    if advice.is_hopeless:
        found.append(_("So few have come so far that no number of invitations fills this room."))
    elif advice.is_too_small:
        found.append(
            _(
                "This session is too small: to have a group of %(group)s for certain, more would "
                "have to be invited than the room allows. Plan more seats, or join two sessions."
            )
            % {"group": formats.number(session.minimum)}
        )
    elif advice.is_capped:
        found.append(
            ngettext(
                "Cheapest would be %(best)s, but the room allows %(cap)s: more than %(chairs)s "
                "people would come too often.",
                "Cheapest would be %(best)s, but the room allows %(cap)s: more than %(chairs)s "
                "people would come too often.",
                advice.cap,
            )
            % {
                "best": formats.number(advice.best),
                "cap": formats.number(advice.cap),
                "chairs": formats.number(session.seats + session.spare),
            }
        )
    return found


def doubts(calculation: Calculation) -> list[str]:
    """What the figure rests on, said where it is thin."""
    share, found = calculation.evidence.all, []
    if not share.tries:
        found.append(
            _("We have not measured who comes yet: this is a guess of %(rate)s, and a weak one.")
            % {"rate": formats.percent(calculation.newcomers.rate)}
        )
    elif calculation.evidence.is_thin:
        found.append(
            _("Known from %(came)s of %(invited)s only; the figure may still move by much.")
            % {"came": formats.number(share.hits), "invited": formats.number(share.tries)}
        )
    return found


def row_of(stratum: Stratum) -> Row:
    share = stratum.share
    known = (
        _("%(came)s of %(all)s like them")
        % {"came": formats.number(share.hits), "all": formats.number(share.tries)}
        if share.tries
        else _("none like them yet: as everybody")
    )
    who = _("%(reply)s, invited %(notice)s") % {
        "reply": REPLIES[stratum.reply],
        "notice": NOTICES[stratum.notice],
    }
    return Row(who, stratum.size, formats.percent(share.rate), known)


def why(calculation: Calculation) -> Why:
    known, session = calculation.evidence, calculation.session
    share, new = known.all, calculation.newcomers
    return Why(
        sentence=_(
            "An invitation is worth it while an empty seat it may save costs more than the person "
            "too many it may bring. What is known of the share that comes counts with its spread."
        ),
        inputs=(
            (_("Invited before"), formats.number(share.tries)),
            (_("Came"), formats.number(share.hits)),
            (_("Sessions"), formats.number(known.sessions)),
            (_("Weak start"), _("%(came)s of %(all)s") % {
                "came": formats.number(known.prior.came, 0),
                "all": formats.number(known.prior.came + known.prior.missed, 0),
            }),
            (_("Share that comes"), formats.percent(share.rate)),
            (_("Share at this notice"), formats.percent(new.rate)),
            (_("Seats"), formats.number(session.seats)),
            (_("Empty seat : person too many"), f"{session.cost_empty:g} : {session.cost_over:g}"),
            (_("Cheapest"), formats.number(calculation.advice.best)),
            (_("Most for the room"), formats.number(calculation.advice.cap)),
            (_("Fewest for a group"), formats.number(calculation.advice.floor)),
        ),
        rule=_("Invitation rule 1"),
    )  # fmt: skip


def picture(calculation: Calculation) -> str:
    """The bars for the ear."""
    values = _range(calculation) | {
        "all": formats.number(calculation.total),
        "seats": formats.number(calculation.session.seats),
        "over": formats.percent(calculation.then.over),
    }
    return (
        _(
            "How many of %(all)s invited come: %(low)s to %(high)s in four of five cases, more "
            "than the %(seats)s seats in %(over)s"
        )
        % values
    )


def bars_of(calculation: Calculation) -> list[Bar]:
    chances, session = calculation.chances, calculation.session
    last = max(_last_worth_drawing(chances), session.seats + 2)
    step = WIDTH / (last + 1)
    highest = max(chances)
    every = 1 if last <= 12 else 2 if last <= 20 else 4 if last <= 44 else 10
    found = []
    for people in range(last + 1):
        chance = chances[people] if people < len(chances) else 0.0
        height = max((BASE - TOP) * chance / highest, 0.5)
        then = calculation.then
        tone = "over" if people > session.seats else "middle" if people >= then.low else "low"
        found.append(
            Bar(
                people=people,
                chance=formats.percent(chance, 1),
                x=_figure(people * step + 1),
                y=_figure(BASE - height),
                width=_figure(max(step - 2, 1)),
                height=_figure(height),
                tone=tone,
                label_x=_figure(people * step + step / 2),
                is_labelled=people > 0 and people % every == 0,
            )
        )
    return found


def _last_worth_drawing(chances: list[float]) -> int:
    total = 0.0
    for people, chance in enumerate(chances):
        total += chance
        if total > 0.998:
            return people
    return len(chances) - 1


def _line_x(bars: list[Bar], seats: int) -> float:
    """Between the last seat and the first person too many."""
    return len(bars) and WIDTH / len(bars) * (seats + 1)
