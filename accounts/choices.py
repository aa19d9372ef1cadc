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
    TEAM = "team", _("account team")


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


class ContactField(models.TextChoices):
    """What a column of a file of people can mean, in the order people are asked."""

    ACCOUNT = "account", _("account: its number or name")
    NAME = "name", pgettext_lazy("person", "name")
    OTHER_NAME = "other_name", _("name in another script")
    TITLE = "title", _("title")
    ROLE = "role", _("role")
    DIVISION = "division", _("division")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    MESSENGER = "messenger", _("messenger")
    ADDRESS = "address", _("postal address")
    LANGUAGES = "languages", _("languages")
    REPORTS_TO = "reports_to", _("reports to")
    FROM_DATE = "from_date", _("there since")


class PositionKind(models.TextChoices):
    """What ties a person to an account."""

    STAFF = "staff", _("works there")
    CONSULTANT = "consultant", _("advises them")
    OPINION_LEADER = "leader", _("opinion leader")


class ReachKind(models.TextChoices):
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    MESSENGER = "messenger", _("messenger")
    ADDRESS = "address", _("postal address")
    PROFILE = "profile", _("web page")


class LineKind(models.TextChoices):
    """A line of the account map, from one person of the customer's to another."""

    REPORTS_TO = "reports", _("reports to")
    INFLUENCES = "influences", _("influences")
    CONFLICT = "conflict", _("in conflict with")


class Fact(models.TextChoices):
    """What is observed about a person at an account; accounts.rules.facts has the values."""

    POWER = "power", _("power")
    STANCE = "stance", _("stance")
    ORIENTATION = "orientation", _("decides by")
    ACCESS = "access", _("access")
    LEVEL = "level", _("relationship")
    LEVEL_WANTED = "level_wanted", _("relationship wanted")
    PREFERENCE = "preference", _("preference")
    SORE_SPOT = "sore_spot", _("sore spot")


class Power(models.TextChoices):
    OUTSIDE = "1", _("watches from outside")
    TRUSTED = "2", _("trusted by those who decide")
    INNER = "3", _("controls the outcome")


class Stance(models.TextChoices):
    """In words that could be read to the person themselves."""

    ADVOCATE = "5", _("speaks up for us")
    SUPPORTIVE = "4", _("supports us")
    NEUTRAL = "3", pgettext_lazy("stance", "neutral")
    RESERVED = "2", _("has reservations")
    OTHERS = "1", _("prefers others")


class Orientation(models.TextChoices):
    FINANCIAL = "financial", _("money")
    TECHNICAL = "technical", _("technical merit")
    RELATIONSHIP = "relationship", _("people")
    BUSINESS = "business", _("business results")


class Access(models.TextChoices):
    NONE = "1", _("out of reach")
    THROUGH_OTHERS = "2", _("only through others")
    BY_APPOINTMENT = "3", _("by appointment")
    OPEN = "4", _("answers us directly")


class Level(models.TextChoices):
    """Of a relationship; accounts.rules.facts describes the behaviour each stands for."""

    VENDOR = "1", _("vendor")
    SOURCE = "2", _("credible source")
    SOLVER = "3", _("problem solver")
    ADVISOR = "4", _("trusted advisor")


class Confidence(models.IntegerChoices):
    GUESS = 1, _("a guess")
    LIKELY = 2, _("likely")
    SURE = 3, _("sure")


class Channel(models.TextChoices):
    MEETING = "meeting", _("meeting")
    VIDEO = "video", _("video call")
    CALL = "call", pgettext_lazy("telephone", "call")
    MESSAGE = "message", pgettext_lazy("chat", "message")
    MAIL = "mail", pgettext_lazy("letter", "mail")
    EVENT = "event", pgettext_lazy("fair, dinner", "event")
    INFORMAL = "informal", _("informal meeting")


class Direction(models.TextChoices):
    """Who spoke: only what goes both ways is contact."""

    BOTH = "both", _("both sides")
    OURS = "ours", _("only we")
    THEIRS = "theirs", _("only they")


class TouchpointState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("touchpoint", "planned")
    DONE = "done", pgettext_lazy("touchpoint", "took place")
    CANCELLED = "cancelled", pgettext_lazy("touchpoint", "called off")
    REMOVED = "removed", pgettext_lazy("touchpoint", "taken back")


class Tone(models.IntegerChoices):
    POOR = -1, pgettext_lazy("tone", "poor")
    EVEN = 0, pgettext_lazy("tone", "even")
    GOOD = 1, pgettext_lazy("tone", "good")


class PromiseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("promise", "open")
    KEPT = "kept", pgettext_lazy("promise", "kept")
    BROKEN = "broken", pgettext_lazy("promise", "broken")
    RELEASED = "released", pgettext_lazy("promise", "no longer wanted")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


class RepeatUnit(models.TextChoices):
    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class DossierSection(models.TextChoices):
    """The parts of an account's file, in the order they are read."""

    FIGURES = "figures", _("figures")
    HISTORY = "history", _("history")
    STRATEGY = "strategy", _("strategy")
    MARKET = "market", _("market position")
    BUDGET = "budget", _("budget")
    GOALS = "goals", _("goals")
    NEEDS = "needs", _("needs")
    PLANS = "plans", _("plans")
    COMPETITORS = "competitors", _("competitors present")


class HandoverCause(models.TextChoices):
    GRADUATED = "graduated", _("after a passed probation")
    LEAVING = "leaving", _("the present manager leaves")
    LOAD = "load", _("the present manager has too much")
    CUSTOMER = "customer", _("the customer asked for it")
    OTHER = "other", pgettext_lazy("handover", "other")


class HandoverState(models.TextChoices):
    """The road of a handover; ownership changes on acceptance."""

    PLANNED = "planned", pgettext_lazy("handover", "planned")
    CAPTURED = "captured", pgettext_lazy("handover", "knowledge captured")
    INTRODUCED = "introduced", pgettext_lazy("handover", "introduced")
    JOINT = "joint", pgettext_lazy("handover", "joint work done")
    WATCH = "watch", pgettext_lazy("handover", "accepted, under watch")
    CLOSED = "closed", pgettext_lazy("handover", "closed")
    UNDONE = "undone", pgettext_lazy("handover", "taken back")
    CANCELLED = "cancelled", pgettext_lazy("handover", "called off")


class HandoverItemKind(models.TextChoices):
    QUESTION = "question", _("what is in no system")
    PROMISE = "promise", _("promise")
    TASK = "task", pgettext_lazy("thing", "task")
    PERSON = "person", _("introduction")
    JOINT = "joint", _("joint meeting")
    CHECK = "check", _("check")
    LETTER = "letter", _("letter to the customer")


# What a company writes its own questions for; the other kinds come from what is open.
ASKED_KINDS = (HandoverItemKind.QUESTION, HandoverItemKind.CHECK, HandoverItemKind.LETTER)


class HandoverChoice(models.TextChoices):
    """What becomes of a promise or a task when the account changes hands."""

    ON = "on", _("the new manager takes it over")
    TO = "to", _("passed to somebody else")
    SETTLED = "settled", pgettext_lazy("handover", "settled")


class CoverState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("cover", "proposed")
    AGREED = "agreed", pgettext_lazy("cover", "agreed")
    ENDED = "ended", pgettext_lazy("cover", "handed back")
    CANCELLED = "cancelled", pgettext_lazy("cover", "called off")


class CustomerLetterKind(models.TextChoices):
    HANDOVER = "handover", _("a new manager")
    DEPARTURE = "departure", _("the manager has left")
    ABSENCE = "absence", _("who stands in")
    PULSE = "pulse", _("one question")


class CustomerLetterState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("letter", "draft")
    QUEUED = "queued", pgettext_lazy("letter", "waits to be sent")
    SENT = "sent", pgettext_lazy("letter", "sent")
    PRINTED = "printed", pgettext_lazy("letter", "printed and posted")
    STOPPED = "stopped", pgettext_lazy("letter", "not sent")
