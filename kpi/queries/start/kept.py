"""Key accounts kept in twelve months: counts first, then how sure so few of them make one."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from kpi.queries.start import places
from kpi.queries.start.parts import Tile, Why
from kpi.queries.start.scores import Book
from kpi.rules.intervals import VERSION, wilson

DRAWN = 24


def tile(book: Book, *, compares: bool) -> Tile:
    """Unknown where the ledger does not reach back a year more, or nobody was key then."""
    known = wilson(book.kept, book.keys) if compares else None
    return Tile(
        label=_("Key accounts kept"),
        value=formats.number(book.kept) if known else "",
        unit=_("of %(count)s") % {"count": formats.number(book.keys)} if known else "",
        note=_note(book, known, compares=compares),
        cells=_cells(book) if known else None,
        why=Why(
            _(
                "Accounts that were key a year ago and had bought by then; kept are those with an"
                " order in the twelve months since. The range says how far chance alone could move"
                " the rate."
            ),
            [
                (_("Key a year ago"), formats.number(book.keys) if compares else "—"),
                (_("Ordered since"), formats.number(book.kept) if compares else "—"),
                (_("Range of the true rate"), range_words(known)),
            ],
            rule=VERSION,
            url=places.accounts(view="key"),
            link=_("Show the key accounts"),
        ),
    )


def _cells(book: Book) -> list[bool] | None:
    """One for each account, the kept first; too many are no drawing."""
    return [place < book.kept for place in range(book.keys)] if book.keys <= DRAWN else None


def range_words(known: tuple[float, float] | None) -> str:
    """ "62 – 98 %", or a dash when nothing can be said."""
    if known is None:
        return "—"
    return _("%(low)s – %(high)s") % {
        "low": formats.percent(known[0]),
        "high": formats.percent(known[1]),
    }


def _note(book: Book, known: tuple[float, float] | None, *, compares: bool) -> str:
    if not compares:
        return _("The ledger does not reach back two years yet")
    if known is None:
        return _("No account was key a year ago")
    words = ngettext(
        "In 12 months. With {count} account the true rate may be {range}",
        "In 12 months. With {count} accounts the true rate may be {range}",
        book.keys,
    )
    return format_html(
        words,
        count=formats.number(book.keys),
        range=format_html("<b>{}</b>", range_words(known)),
    )
