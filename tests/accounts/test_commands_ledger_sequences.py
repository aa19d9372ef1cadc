"""Any sequence of imports, corrections, credits, removals, undo and rates: the roll-ups equal a
recomputation from the live lines, and both equal a book kept in plain Python."""

import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.commands.ledger_undo import undo_import
from accounts.commands.rate import convert_lines, save_rates
from accounts.models import AccountDay, ExternalId
from common.errors import RuleBroken
from tests.accounts.books import bring, recomputed, totals
from tests.cast import make_company

CENT = Decimal("0.01")
days = st.sampled_from(["2024-01-31", "2024-02-01", "2024-02-29"])
amounts = st.integers(-5000, 5000).map(lambda cents: Decimal(cents) * CENT)
lines = st.tuples(
    st.sampled_from(["C1", "C2", "C3"]), days, amounts, st.sampled_from(["I1", "I2", "I3"]),
    st.sampled_from("12"), st.sampled_from(["Boxes", "Film"]), st.sampled_from(["EUR", "USD"]),
)  # fmt: skip
files = st.lists(lines, min_size=1, max_size=6, unique_by=lambda line: line[3:5])
steps = st.one_of(
    st.tuples(st.just("import"), files, st.booleans()),
    st.tuples(st.just("undo"), st.integers(0, 4), st.none()),
    st.tuples(st.just("rate"), days, st.integers(1, 300)),
)


class Book:
    """The reference: imports as dictionaries of what they changed."""

    def __init__(self):
        self.imports: list[dict] = []
        self.rates: dict[str, Decimal] = {}

    def live(self) -> dict:
        found: dict = {}
        for changes in self.imports:
            found |= changes
        return {key: line for key, line in found.items() if line is not None}

    def bring(self, file: list, *, replace: bool) -> None:
        live = self.live()
        changes = {line[3:5]: line for line in file if live.get(line[3:5]) != line}
        if replace:
            documents, kept = {line[3] for line in file}, {line[3:5] for line in file}
            changes |= {key: None for key in live if key[0] in documents and key not in kept}
        self.imports.append(changes)

    def may_undo(self, place: int) -> bool:
        later = {key for changes in self.imports[place + 1 :] for key in changes}
        return not later & self.imports[place].keys()

    def net(self, line: tuple) -> Decimal | None:
        _customer, day, amount, _document, _number, _service_line, currency = line
        if currency == "EUR":
            return amount
        known = [start for start in self.rates if start <= day]
        if not known:
            return None
        return (amount * self.rates[max(known)]).quantize(CENT, ROUND_HALF_UP)

    def days(self) -> dict:
        sums: dict = defaultdict(lambda: [Decimal(0), 0])
        for line in self.live().values():
            if (net := self.net(line)) is not None:
                row = sums[line[0], dt.date.fromisoformat(line[1])]
                row[0], row[1] = row[0] + net, row[1] + 1
        return {key: tuple(row) for key, row in sums.items()}


def stored_days() -> dict:
    names = dict(ExternalId.objects.values_list("account", "value"))
    rows = AccountDay.objects.values_list("account", "day", "net", "lines")
    return {(names[account], day): (net, count) for account, day, net, count in rows}


def row_of(line: tuple) -> str:
    customer, day, amount, document, number, service_line, currency = line
    return (
        f"{customer},{day},{amount},{document},{number},P{service_line},{service_line},{currency},"
    )


# A line waits for a rate, is replaced, the rate comes, and the replacement is taken back.
RATE_WHILE_REPLACED = [
    ("import", [("C1", "2024-01-31", Decimal("1.00"), "I3", "2", "Boxes", "USD")], False),
    ("import", [("C1", "2024-01-31", Decimal("2.00"), "I3", "2", "Boxes", "EUR")], False),
    ("rate", "2024-01-31", 100),
    ("undo", 1, None),
]


class Sequences(TestCase):
    @settings(max_examples=settings().max_examples // 2)
    @given(st.lists(steps, min_size=1, max_size=7))
    @example(RATE_WHILE_REPLACED)
    def test_the_rollups_are_always_exact(self, sequence):
        make_company()
        reference, batches = Book(), []
        for verb, what, more in sequence:
            getattr(self, verb)(reference, batches, what, more)
            assert totals() == recomputed()
            assert stored_days() == reference.days()

    def _import(self, reference, batches, file, replace):
        batches.append(bring(*map(row_of, file), replace_documents=replace))
        reference.bring(file, replace=replace)

    def undo(self, reference, batches, place, _more):
        if place >= len(batches):
            return
        if reference.may_undo(place):
            undo_import(import_id=batches.pop(place).pk)
            convert_lines()  # as the job that the undo enqueues: a rate may have come since
            del reference.imports[place]
        else:
            with self.assertRaises(RuleBroken):
                undo_import(import_id=batches[place].pk)

    def rate(self, reference, _batches, day, percent):
        rate = Decimal(percent) / 100
        save_rates(actor=None, rates=[("USD", dt.date.fromisoformat(day), rate)])
        convert_lines()
        reference.rates[day] = rate


setattr(Sequences, "import", Sequences._import)
