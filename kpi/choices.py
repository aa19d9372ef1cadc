"""Enumerations of kpi."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """Whether an adopted version is in force, or replaced, say its days."""

    DRAFT = "draft", pgettext_lazy("plan", "draft")
    ADOPTED = "adopted", pgettext_lazy("plan", "adopted")
    DISCARDED = "discarded", pgettext_lazy("plan", "discarded")


class PlanMeasure(TextChoices):
    SALES = "sales", _("sales")
    ACTIVE = "active", _("active customers")
    NEW = "new", _("new customers")
    WIDTH = "width", _("assortment width")


class Scope(TextChoices):
    """Whose figure a reading is; `key` of the reading says which one."""

    COMPANY = "company", _("Company")
    TEAM = "team", _("Team")
    MANAGER = "manager", _("Manager")
    SEGMENT = "segment", _("Segment")
    TIER = "tier", _("Tier")
    LINE = "line", _("Service line")


class Unit(TextChoices):
    SHARE = "share", _("share")
    MONEY = "money", _("money")
    COUNT = "count", _("count")


class Better(TextChoices):
    """Which way is better; NEITHER is shown and never judged."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEITHER = "neither", _("shown, not judged")


class AlertCause(TextChoices):
    """What a warning is about, the one that tells most first."""

    RHYTHM = "rhythm", _("silent for unusually long")
    CHANCE = "chance", _("an order is unlikely")
    SLOPE = "slope", _("health is falling")
    SPONSOR = "sponsor", _("a supporter has left")
    LINES = "lines", _("buys fewer service lines")
    CADENCE = "cadence", _("no contact for too long")


class AlertLevel(TextChoices):
    RED = "red", pgettext_lazy("warning", "alarm")
    AMBER = "amber", pgettext_lazy("warning", "unusual")


class AlertEnd(TextChoices):
    """Why a warning stands no longer."""

    ORDERED = "ordered", _("ordered again")
    MET = "met", _("met again")
    ANSWERED = "answered", pgettext_lazy("warning", "answered")
    PAUSED = "paused", _("a pause was agreed")
    WAITS = "waits", _("season or an open order explains it")
    GONE = "gone", _("an alarm for a year, counted as lost")
    MERGED = "merged", _("merged into another account")
    UNTRUE = "untrue", _("no longer true")


class AnswerVerb(TextChoices):
    PLANNED = "planned", _("call planned")
    PAUSE = "pause", _("known pause")
    LOST = "lost", pgettext_lazy("account", "lost")
    WRONG = "wrong", _("wrong warning")


class LostReason(TextChoices):
    PRICE = "price", _("competitor: price")
    RANGE = "range", _("competitor: quality or range")
    CLOSED = "closed", _("closed down")
    OWN = "own", _("own production")
    RELATIONSHIP = "relationship", _("relationship")
    SERVICE = "service", _("delivery or service")
    NO_NEED = "no_need", _("no need any more")
    UNKNOWN = "unknown", _("not known")


class WrongReason(TextChoices):
    LATE = "late", _("the order is not in the ledger yet")
    ELSEWHERE = "elsewhere", _("they order under another number")
    RARER = "rarer", _("they order less often now")
    SEASON = "season", _("usual for the season")
    OTHER = "other", _("something else")


class Mark(IntegerChoices):
    """The director's judgement of a manager's work, in words; no average is made of it."""

    FAR_BELOW = 1, _("far below what was agreed")
    BELOW = 2, _("below what was agreed")
    AS_AGREED = 3, _("as agreed")
    ABOVE = 4, _("above what was agreed")
    FAR_ABOVE = 5, _("far above what was agreed")


class NightPart(TextChoices):
    """What a night does. After the first, some go on at the same time: see kpi.jobs."""

    SCORES = "scores", _("Tiers, key accounts and rhythms")
    HEALTH = "health", _("Health")
    CHANCES = "chances", _("Chances of an order")
    WARNINGS = "warnings", _("Warnings")
    CONTROL = "control", _("Who may own key accounts")
    MEASURES = "measures", _("Measures")
    DEPENDENCE = "dependence", _("What hangs on whom")
