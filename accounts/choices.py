from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AccountStatus(models.TextChoices):
    PROSPECT = "prospect", pgettext_lazy("account", "prospect")
    ACTIVE = "active", pgettext_lazy("account", "active")
    CLOSED = "closed", pgettext_lazy("account", "closed")
    MERGED = "merged", pgettext_lazy("account", "merged")


class AssignmentRole(models.TextChoices):
    OWNER = "owner", _("owner")
    DEPUTY = "deputy", _("deputy")
    ASSISTANT = "assistant", _("assistant")
    CONTROL = "control", _("director's control")


class Tier(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    N = "N", pgettext_lazy("tier", "not tiered")


class Basis(models.TextChoices):
    REVENUE = "revenue", _("revenue")
    MARGIN = "margin", _("margin")


class PinKind(models.TextChoices):
    KEY = "key", _("is a key account")
    NOT_KEY = "not_key", _("is not a key account")
    TIER_A = "tier_a", _("tier A")
    TIER_B = "tier_b", _("tier B")
    TIER_C = "tier_c", _("tier C")


class PolicyState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("policy", "draft")
    ADOPTED = "adopted", pgettext_lazy("policy", "adopted")
    RETIRED = "retired", pgettext_lazy("policy", "retired")


class LineStatus(models.TextChoices):
    INVOICED = "invoiced", pgettext_lazy("ledger line", "invoiced")
    OPEN = "open", pgettext_lazy("ledger line", "open order")
    CREDIT = "credit", pgettext_lazy("ledger line", "credit note")
    CANCELLED = "cancelled", pgettext_lazy("ledger line", "cancelled")


class LedgerField(models.TextChoices):
    """What a column of a ledger file can mean, in the order people are asked."""

    CUSTOMER = "customer", _("customer number")
    CUSTOMER_NAME = "customer_name", _("customer name")
    DATE = "date", _("date")
    AMOUNT = "amount", _("amount")
    QUANTITY = "quantity", _("quantity")
    UNIT_PRICE = "unit_price", _("unit price")
    COST = "cost", _("cost")
    CURRENCY = "currency", _("currency")
    DOCUMENT = "document", _("document number")
    LINE = "line", _("line number")
    PRODUCT = "product", _("product number")
    PRODUCT_NAME = "product_name", _("product name")
    SERVICE_LINE = "service_line", _("service line")
    STATUS = "status", _("status")
    COUNTRY = "country", _("country")
    PARENT = "parent", _("number of the parent account")
