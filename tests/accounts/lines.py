"""Ledger lines for tests that only read them."""

from decimal import Decimal

from accounts.models import LedgerLine, Product, ServiceLine, Source
from common.choices import ImportState
from common.models import Import


class Ledger:
    """Lines of one applied import, written down as they are read here."""

    def __init__(self):
        self.batch = Import.objects.create(
            kind="ledger", filename="x.csv", state=ImportState.APPLIED
        )
        self.source = Source.objects.create(name="erp")
        self.films = ServiceLine.objects.create(code="film", names={"en": "Films"})
        self.number = 0

    def line(self, account, day, amount, *, product="PE-1", document="D-1", **fields):
        self.number += 1
        item, _made = Product.objects.get_or_create(
            code=product, defaults={"service_line": self.films, "name": product}
        )
        defaults = {
            "net": Decimal(amount), "currency": "EUR", "batch": self.batch,
            "service_line": self.films,
        }  # fmt: skip
        return LedgerLine.objects.create(
            account=account, day=day, amount=Decimal(amount), product=item, digest=0,
            source=self.source, document=document,
            line=str(self.number), **(defaults | fields),
        )  # fmt: skip
