"""What the rows of a file refer to, by the file's own words: found, counted or created."""

from collections import Counter
from collections.abc import Iterable

from accounts.commands.ledger_file import LedgerFile
from accounts.models import Account, ExternalId, Product, ServiceLine, Source
from accounts.rules.ledger import parents_without_circles
from accounts.rules.lines import Line
from accounts.rules.search import search_text
from common.models import Import
from common.reading.countries import country_code
from common.reading.guess import folded
from common.reading.values import Names
from people.models import Company


class Known:
    """What rows refer to, by the words of the file; what is missing is counted or created."""

    def __init__(self, batch: Import, source: Source | None, file: LedgerFile):
        self.batch, self.source = batch, source
        numbers = ExternalId.objects.filter(source=source) if source else ExternalId.objects.none()
        self.accounts = dict(numbers.values_list("value", "account_id"))
        self.products = {
            code: (pk, line)
            for code, pk, line in Product.objects.values_list("code", "pk", "service_line_id")
        }
        self.service_lines = _service_lines()
        self._parents: dict[int, str] = {}
        self.made: Counter[str] = Counter()
        self._new_accounts: set[str] = set()
        self._columns = {name: one.column for name, one in file.mapping.items()}
        self._names = Names(200)
        self._parent = file.reader.id_reader("parent")

    def text(self, line: Line, field: str) -> str:
        column = self._columns.get(field)
        if column is None or column >= len(line.cells):
            return ""
        return self._names[line.cells[column]]

    def new_customers(self, lines: Iterable[Line]) -> dict[str, Line]:
        """Customers not known yet, each with its first line; counted once."""
        fresh = {}
        for line in lines:
            if line.customer not in self.accounts and line.customer not in fresh:
                fresh[line.customer] = line
        self._new_accounts.update(fresh)
        self.made["accounts"] = len(self._new_accounts)
        return fresh

    def create(self, lines: list[Line]) -> None:
        """Create what the lines name for the first time; inside the batch's transaction."""
        self._create_accounts(self.new_customers(lines))
        self._create_service_lines(lines)
        self._create_products(lines)

    def _create_accounts(self, wanted: dict[str, Line]) -> None:
        rows = [self._account(number, line) for number, line in wanted.items()]
        Account.objects.bulk_create(rows, batch_size=500)
        ExternalId.objects.bulk_create(
            [
                ExternalId(account=account, source=self.source, value=number)
                for number, account in zip(wanted, rows, strict=True)
            ],
            batch_size=500,
        )
        self.accounts.update({n: row.pk for n, row in zip(wanted, rows, strict=True)})

    def _account(self, number: str, line: Line) -> Account:
        name = self.text(line, "customer_name") or number
        return Account(
            name=name,
            search_text=search_text(name, number),
            country=country_code(self.text(line, "country")),
            currency=line.currency,
            brought_by=self.batch,
        )

    def _create_service_lines(self, lines: list[Line]) -> None:
        language = Company.current().language
        for name in {line.service_line for line in lines}:
            if folded(name) in self.service_lines:
                continue
            row, made = ServiceLine.objects.get_or_create(
                code=folded(name)[:60],
                defaults={"names": {language: name} if name else {}, "brought_by": self.batch},
            )
            self.service_lines[folded(name)] = row.pk
            self.made["service_lines"] += made

    def _create_products(self, lines: list[Line]) -> None:
        fresh: dict[str, Product] = {}
        for line in lines:
            if line.product and line.product not in self.products and line.product not in fresh:
                fresh[line.product] = Product(
                    code=line.product,
                    name=self.text(line, "product_name"),
                    service_line_id=self.service_lines[folded(line.service_line)],
                    brought_by=self.batch,
                )
        Product.objects.bulk_create(fresh.values(), batch_size=500)
        self.made["products"] += len(fresh)
        for code, product in fresh.items():
            self.products[code] = (product.pk, product.service_line_id)

    def note_parents(self, lines: list[Line]) -> None:
        """Remember which of the accounts this file brings belong to which others."""
        if "parent" not in self._columns:
            return
        for line in lines:
            parent = self._parent(line.cells)
            if line.customer in self._new_accounts and parent and parent != line.customer:
                self._parents.setdefault(self.accounts[line.customer], parent)

    def join_families(self) -> None:
        """Set the parents named in the file, where both are known and no circle closes."""
        wanted = {
            child: self.accounts[number]
            for child, number in self._parents.items()
            if number in self.accounts
        }
        if not wanted:
            return
        known = dict(Account.objects.exclude(parent=None).values_list("pk", "parent_id"))
        for child, parent in parents_without_circles(wanted, known).items():
            Account.objects.filter(pk=child, parent=None).update(parent=parent)


def _service_lines() -> dict[str, int]:
    known: dict[str, int] = {}
    for row in ServiceLine.objects.all():
        for name in (row.code, *row.names.values()):
            known.setdefault(folded(name), row.pk)
    return known
