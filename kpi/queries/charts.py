"""The portfolio's findings in words, and its charts as data."""

from dataclasses import asdict

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Policy
from common import charts, formats
from common.money import to_units
from common.why import Why
from kpi.queries.overview import Concentrated, Overview, Part
from kpi.rules import pareto

ALONE = 200  # columns drawn one by one in a large book; the others stand in groups


def finding(view: Overview) -> str:
    """The title of the page's chart."""
    now, before = view.now.equal_customers, view.before and view.before.equal_customers
    if now is None:
        return _("Nobody bought in these twelve months")
    if not before:
        return ngettext(
            "Concentrated like %(now)s customer",
            "Concentrated like %(now)s equal customers",
            now,
        ) % {"now": formats.number(now)}
    return ngettext(
        "Concentrated like %(now)s customer; one year ago like %(before)s",
        "Concentrated like %(now)s equal customers; one year ago like %(before)s",
        now,
    ) % {"now": formats.number(now), "before": formats.number(before)}


def finding_why(view: Overview) -> Why:
    """How the number of equal customers was made."""
    inputs = [
        (_("Period"), f"{formats.day(view.first)} – {formats.day(view.day)}"),
        (_("Customers with revenue"), formats.number(view.accounts)),
        (_("Sum of squared shares (HHI)"), _hhi(view.now)),
    ]
    if view.before:
        inputs.append(
            (
                _("HHI on %(day)s") % {"day": formats.day(view.before.day)},
                _hhi(view.before),
            )
        )
    return Why(
        sentence=_(
            "If every customer bought the same, this many would be as concentrated as yours:"
            " one divided by the sum of the squared shares."
        ),
        inputs=tuple(inputs),
        rule="KAMHUB-REF-1, 1.5",
    )


def lead(view: Overview, names: dict[int, str]) -> list[str]:
    """One to two sentences under the finding."""
    sentences = []
    first = view.parts[0]
    if view.is_whole and not view.degenerate and first.accounts:
        sentences.append(
            ngettext(
                "%(few)s of %(all)s customers brings %(share)s of %(basis)s.",
                "%(few)s of %(all)s customers bring %(share)s of %(basis)s.",
                first.accounts,
            )
            % {
                "few": formats.number(first.accounts),
                "all": formats.number(view.accounts),
                "share": formats.percent(first.share),
                "basis": view.policy.get_basis_display(),
            }
        )
    if view.degenerate:
        sentences.append(degenerate_words(view.degenerate))
    if view.largest:
        sentences.append(_about_the_largest(view, names))
    return sentences


def degenerate_words(code: str) -> str:
    """Why a book shows its curve and not its tiers."""
    return {
        "few": _("With fewer than five customers tiers say nothing; the curve does."),
        "equal": _("All customers bring the same, so tiers say nothing; the curve does."),
    }.get(code, "")


def _about_the_largest(view: Overview, names: dict[int, str]) -> str:
    pk, units = view.largest[0]
    share = units / to_units(view.positive)
    limit = view.policy.single_share
    words = {
        "name": names.get(pk, ""),
        "share": formats.percent(share, 1),
        "limit": formats.percent((limit or 0) / 100),
    }
    if view.is_whole and limit is not None and share * 100 >= limit:
        return (
            _("%(name)s alone brings %(share)s, above the %(limit)s that make a customer key.")
            % words
        )
    return _("The largest, %(name)s, brings %(share)s.") % words


def pareto_chart(view: Overview, currency: str, names: dict[int, str]) -> dict:
    """Columns by rank, the running share and the cuts; `names` of the accounts in view.largest."""
    if view.book is not None:
        order = view.book.ranking.order
        columns = book_columns(
            view.book.ids[order],
            view.book.basis[order],
            view.book.tier[order] if not view.is_whole else pareto.LETTERS[view.book.cut[order]],
            names,
        )
    else:
        columns = _stored_columns(view, names)
    cuts = cut_marks(view.policy, view.parts) if view.is_whole and not view.degenerate else []
    return charts.pareto(columns, cuts=cuts, currency=currency)


def book_columns(
    ids: np.ndarray,
    units: np.ndarray,
    tiers: np.ndarray,
    names: dict[int, str],
    marks: dict[int, str] | None = None,
) -> list[dict]:
    """Columns of accounts in the order of their rank; the tail of a large book in equal groups.

    `marks`: position in the ranking → "enter" or "leave".
    """
    marks = marks or {}
    total = int(units.sum()) or 1
    running = np.cumsum(units) / total
    alone = len(ids) if len(ids) <= charts.MOST_COLUMNS else ALONE
    columns = [
        {
            "name": names.get(int(ids[i]), ""),
            "value": units[i] / 10_000,
            "share": units[i] / total,
            "running": running[i],
            "tier": str(tiers[i]),
            "url": account_url(int(ids[i])) if int(ids[i]) in names else "",
            "mark": marks.get(i, ""),
        }
        for i in range(alone)
    ]
    rest = len(ids) - alone
    size = -(-rest // ALONE) if rest else 1
    for start in range(alone, len(ids), size):
        stop = min(start + size, len(ids))
        part = int(units[start:stop].sum())
        found = next((marks[i] for i in range(start, stop) if i in marks), "") if marks else ""
        columns.append(
            {
                "name": "",
                "value": part / (stop - start) / 10_000,
                "share": part / total,
                "running": running[stop - 1],
                "tier": str(tiers[(start + stop) // 2]),
                "mark": found,
                "count": stop - start,
            }
        )
    return columns


def _stored_columns(view: Overview, names: dict[int, str]) -> list[dict]:
    """From what the night stored: the largest one by one, others between points of the curve."""
    total = to_units(view.positive) or 1
    ends, counted = [], 0
    for part in view.parts:
        counted += part.accounts
        ends.append((part.letter, counted))
    columns, before = [], (0, 0)
    alone = dict(enumerate(view.largest, 1))
    for number, units in view.points:
        if number == before[0] + 1 and number in alone:
            pk = alone[number][0]
            known = {"name": names.get(pk, ""), "url": account_url(pk) if pk in names else ""}
        else:
            known = {"name": ""}
        count = number - before[0]
        columns.append(
            {
                **known,
                "value": (units - before[1]) / count / 10_000,
                "share": (units - before[1]) / total,
                "running": units / total,
                "tier": next((letter for letter, end in ends if number <= end), "C"),
                "count": count,
            }
        )
        before = (number, units)
    return columns


def cut_marks(policy: Policy, parts: list[Part], was: Policy | None = None) -> list[dict]:
    """The two cuts with their words; `was`: the policy in force, when another one is tried."""
    counted, marks = 0, []
    cuts = (("A", policy.cut_a, was and was.cut_a), ("B", policy.cut_b, was and was.cut_b))
    notes = {"A": _("tier A ends"), "B": _("tier B ends")}
    for part, (letter, cut, old) in zip(parts, cuts, strict=False):
        counted += part.accounts
        share = formats.percent(cut / 100, 0 if cut == int(cut) else 1)
        marks.append(
            {
                "key": letter,
                "share": float(cut) / 100,
                "was": float(old) / 100 if old is not None else None,
                "note": notes[letter],
                "title": ngettext(
                    "%(number)s customer, %(share)s", "%(number)s customers, %(share)s", counted
                )
                % {"number": formats.number(counted), "share": share},
            }
        )
    return marks


def trend_chart(view: Overview) -> dict | None:
    """Equal customers over a year; None while there are fewer than three days to join."""
    known = [point for point in view.trend if point.figures.get("effective_accounts")]
    if len(known) < 3:
        return None
    points = [(point.day, point.figures["effective_accounts"]) for point in known]
    line = {"name": _("equal customers"), "points": points}
    return charts.trend([line], from_zero=True, decimals=1)


def concentration_rows(view: Overview) -> list[dict]:
    """The measures now and a year ago, each with how it was made."""
    now = view.now.figures
    before = view.before.figures if view.before else {}
    labels = {
        "top1_share": _("Largest customer"),
        "top5_share": _("Largest 5"),
        "top10_share": _("Largest 10"),
        "top20pct_share": _("Largest 20 % of customers"),
    }
    rows = [
        _row(label, now.get(name), before.get(name), lambda x: formats.percent(x, 1), why)
        for name, label in labels.items()
        for why in (_share_why(name, now),)
        if view.accounts >= _needs(name)
    ]
    rows.append(_row(_("Like equal customers"), now.get("effective_accounts"),
                     before.get("effective_accounts"), lambda x: formats.number(x, 1),
                     finding_why(view)))  # fmt: skip
    rows.append(_row("HHI", now.get("hhi"), before.get("hhi"),
                     lambda x: formats.number(x, 0), _hhi_why()))  # fmt: skip
    rows.append(_row(_("Gini coefficient"), now.get("gini"), before.get("gini"),
                     lambda x: formats.number(x, 2), _gini_why()))  # fmt: skip
    return rows


def _row(label, now, before, write, why) -> dict:
    return {
        "label": label,
        "now": write(now) if now is not None else formats.UNKNOWN,
        "before": write(before) if before is not None else formats.UNKNOWN,
        "why": asdict(why),
    }


def _needs(name: str) -> int:
    """A share of the largest N says nothing in a book of N or fewer."""
    return {"top5_share": 6, "top10_share": 11}.get(name, 1)


def _share_why(name: str, figures: dict) -> Why:
    counts = {"top1_share": 1, "top5_share": 5, "top10_share": 10}
    number = counts.get(name, figures.get("top20pct_accounts", 0))
    return Why(
        sentence=ngettext(
            "Net revenue of the %(number)s largest customer, divided by that of all customers"
            " above zero.",
            "Net revenue of the %(number)s largest customers, divided by that of all customers"
            " above zero.",
            number,
        )
        % {"number": formats.number(number)},
        rule="KAMHUB-REF-1, 1.5",
    )


def _hhi_why() -> Why:
    return Why(
        sentence=_(
            "The sum of the squared shares times 10,000: 0 when nobody counts, 10,000 when one"
            " customer is everything."
        ),
        rule="KAMHUB-REF-1, 1.5",
    )


def _gini_why() -> Why:
    return Why(
        sentence=_(
            "How unequally customers buy: 0 when all buy the same, near 1 when few buy all."
        ),
        rule="KAMHUB-REF-1, 1.5",
    )


def _hhi(point: Concentrated) -> str:
    hhi = point.figures.get("hhi")
    return formats.number(hhi, 0) if hhi is not None else formats.UNKNOWN


def account_url(pk: int) -> str:
    return f"/accounts/{pk}/"
