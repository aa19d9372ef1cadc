"""Why an account has its tier, why it is key or not, and what it was on a day: in sentences.

Today's figures are counted from the scores; a past day's are those noted when its span began.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from accounts.choices import Basis, PinKind, Tier
from accounts.models import (
    Account,
    AccountScore,
    KeySpan,
    Pin,
    Policy,
    Scoring,
    TierSpan,
)
from common import formats
from people.models import User

KEY_PINS = (PinKind.KEY, PinKind.NOT_KEY)
TIER_PINS = (PinKind.TIER_A, PinKind.TIER_B, PinKind.TIER_C)


@dataclass(frozen=True, slots=True)
class Answer:
    """`since` is where the stretch began that holds on the day; `why` is fit to be shown."""

    value: str
    since: dt.date | None
    why: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Place in the book: rank of how many, share of it and of all before it (fractions)."""

    rank: int
    of: int
    share: Decimal
    before: Decimal
    cuts: tuple[Decimal, Decimal]
    basis: str


def tier_on(account: Account, day: dt.date, reader: User | None = None) -> Answer:
    """The tier in force on `day`; N for a day outside the history."""
    scoring = Scoring.current()
    if day == scoring.as_of:
        return tier_now(account, reader)
    span = TierSpan.objects.on(day).filter(account=account).first()
    if span is None:
        return Answer(Tier.N, None, _without_span(account, day))
    why = " ".join([_since(span.valid_from), *_span_reasons(account, span)])
    return Answer(span.tier, span.valid_from, why)


def tier_why(account: Account, as_of: dt.date) -> str:
    """One or two sentences with the figures."""
    return tier_on(account, as_of).why


def tier_now(account: Account, reader: User | None = None) -> Answer:
    """The tier as the last night left it, with that night's figures.

    A parent that it counts with is named to a `reader` who may open the parent.
    """
    score = AccountScore.objects.select_related("counts_with").filter(account=account).first()
    if score is None:
        return Answer(Tier.N, None, _("Not computed yet: the next night will."))
    span = TierSpan.objects.filter(account=account, valid_to=None).first()
    since = span.valid_from if span else None
    reason = span.reason if span else ""
    if reason == "pin" and (words := _pinned(account, TIER_PINS, Scoring.current().as_of)):
        return Answer(score.tier, since, words)
    head = score
    first = []
    if score.counts_with:
        first = [_counts_with(score.counts_with, reader)]
        head = AccountScore.objects.filter(account=score.counts_with).first() or score
    sentences = [*first, *_reasons(head.tier, head.tier_of_day, figures_of(head))]
    return Answer(score.tier, since, " ".join(sentences))


def _counts_with(parent: Account, reader: User | None) -> str:
    if reader and Account.objects.visible_to(reader).filter(pk=parent.pk).exists():
        return _("It counts with %(parent)s.") % {"parent": parent.name}
    return _("It counted with its parent.")


def figures_of(score: AccountScore, scoring: Scoring | None = None) -> Figures:
    """Where a score that stands for itself is in the book: one query over the accounts above it."""
    scoring = scoring or Scoring.current()
    field = "margin" if scoring.basis == Basis.MARGIN else "revenue"
    mine = getattr(score, field)
    above = AccountScore.objects.filter(counts_with=None, **{f"{field}__gt": max(mine, Decimal(0))})
    found = above.aggregate(count=Count("pk"), units=Sum(field))
    total = scoring.total
    return Figures(
        rank=found["count"] + 1 if mine > 0 else 0,
        of=scoring.ranked,
        share=max(mine, Decimal(0)) / total if total else Decimal(0),
        before=(found["units"] or Decimal(0)) / total if total else Decimal(0),
        cuts=(scoring.cut_a, scoring.cut_b),
        basis=scoring.basis,
    )


def key_on(account: Account, day: dt.date) -> Answer:
    """Whether the account was key on `day`: value is the reason code, empty when it was not."""
    scoring = Scoring.current()
    policy = policy_on(day)
    span = KeySpan.objects.on(day).filter(account=account).first()
    if day != scoring.as_of:
        if span is None:
            return Answer("", None, _("It was not a key account."))
        share = Decimal(span.data.get("share", "0"))
        why = [_since(span.valid_from), key_sentence(span.reason, share, policy)]
        return Answer(span.reason, span.valid_from, " ".join(why))
    score = AccountScore.objects.filter(account=account).first()
    if score is None:
        return Answer("", None, _("Not computed yet: the next night will."))
    words = ""
    if score.key_reason in ("pin", "pin_out"):
        words = _pinned(account, KEY_PINS, day)
    share = figures_of(score, scoring).share
    since = span.valid_from if span else None
    why = words or key_sentence(score.key_reason, share, policy)
    return Answer(score.key_reason if score.is_key else "", since, why)


def policy_on(day: dt.date) -> Policy:
    """The policy in force; before the first one the first one, before any the defaults."""
    adopted = Policy.objects.adopted_on(day).first()
    return adopted or Policy.objects.exclude(adopted_on=None).last() or Policy()


def key_sentence(reason: str, share: Decimal | float, policy: Policy) -> str:
    """The sentence for a reason code; `share` is of the whole book."""
    figures = {
        "share": formats.percent(share, 1),
        "limit": formats.percent((policy.single_share or Decimal(0)) / 100),
        "threshold": policy.criteria_threshold,
        "cap": policy.cap,
    }
    sentences = {
        "pin": _("Pinned as a key account."),
        "share": _("Key by itself: it brings %(share)s of revenue, the mark is %(limit)s."),
        "tier": _("Key because it is in tier A, with %(share)s of the whole."),
        "criteria": _("Key by strategic criteria: at least %(threshold)s points."),
        "cap": _("Not key: beyond the cap of %(cap)s key accounts."),
        "pin_out": _("Pinned as not a key account."),
        "": _("Not key: no rule of the policy reaches it."),
    }
    return sentences.get(reason, sentences[""]) % figures


def _span_reasons(account: Account, span: TierSpan) -> list[str]:
    """Why a past span began, from the figures noted then."""
    if span.reason == "pin" and (words := _pinned(account, TIER_PINS, span.valid_from)):
        return [words]
    data = span.data
    figures = Figures(
        rank=data.get("rank", 0),
        of=data.get("of", 0),
        share=Decimal(data.get("share", "0")),
        before=Decimal(data.get("before", "0")),
        cuts=tuple(Decimal(cut) for cut in data.get("cuts", ("80", "95"))),
        basis=data.get("basis", Basis.REVENUE),
    )
    parent = [_("It counted with its parent.")] if span.reason == "parent" else []
    return [*parent, *_reasons(span.tier, data.get("today", span.tier), figures)]


def _reasons(tier: str, of_day: str, figures: Figures) -> list[str]:
    """The figures of the day, and why the tier in force is another where it is."""
    sentences = [_place(of_day, figures)]
    if tier != of_day:
        held = _("It keeps %(tier)s until two month-ends in a row are below the cut.")
        sentences.append(held % {"tier": tier})
    return sentences


def _place(tier: str, figures: Figures) -> str:
    by_margin = figures.basis == Basis.MARGIN
    words = {
        "tier": tier,
        "rank": formats.number(figures.rank),
        "of": formats.number(figures.of),
        "share": formats.percent(figures.share, 1),
        "before": formats.percent(figures.before, 1),
        "cut_a": formats.percent(figures.cuts[0] / 100),
        "cut_b": formats.percent(figures.cuts[1] / 100),
    }
    if tier == Tier.N:
        return _nothing(by_margin)
    if figures.rank == 1:
        return _first(by_margin) % words
    return _between(tier, by_margin) % words


def _nothing(by_margin: bool) -> str:
    if by_margin:
        return _("Not tiered: the margin of the last twelve months is zero or less.")
    return _("Not tiered: net revenue of the last twelve months is zero or less.")


def _first(by_margin: bool) -> str:
    if by_margin:
        return _("%(tier)s: the largest of %(of)s by margin, with %(share)s of it.")
    return _("%(tier)s: the largest of %(of)s by revenue, with %(share)s of it.")


def _between(tier: str, by_margin: bool) -> str:
    """Three tiers by two measures, each a whole sentence: fragments would not translate."""
    sentences = {
        ("A", False): _(
            "A: number %(rank)s of %(of)s by revenue; those before it hold %(before)s,"
            " the cut is %(cut_a)s."
        ),
        ("B", False): _(
            "B: number %(rank)s of %(of)s by revenue; those before it hold %(before)s,"
            " between the cuts of %(cut_a)s and %(cut_b)s."
        ),
        ("C", False): _(
            "C: number %(rank)s of %(of)s by revenue; those before it hold %(before)s,"
            " past the cut of %(cut_b)s."
        ),
        ("A", True): _(
            "A: number %(rank)s of %(of)s by margin; those before it hold %(before)s,"
            " the cut is %(cut_a)s."
        ),
        ("B", True): _(
            "B: number %(rank)s of %(of)s by margin; those before it hold %(before)s,"
            " between the cuts of %(cut_a)s and %(cut_b)s."
        ),
        ("C", True): _(
            "C: number %(rank)s of %(of)s by margin; those before it hold %(before)s,"
            " past the cut of %(cut_b)s."
        ),
    }
    return sentences[tier, by_margin]


def _pinned(account: Account, kinds: tuple[str, ...], day: dt.date) -> str:
    """Who pinned it, until when and why; empty when no such pin is in force."""
    pins = Pin.objects.on(day).filter(account=account, kind__in=kinds).select_related("by")
    pin = pins.first()
    if pin is None:
        return ""
    words = {
        "what": pin.get_kind_display(),
        "name": pin.by or _("somebody who left"),
        "day": formats.day(pin.valid_to) if pin.valid_to else "",
        "reason": pin.reason,
    }
    if pin.valid_to:
        return _("Pinned as “%(what)s” by %(name)s until %(day)s: “%(reason)s”.") % words
    return _("Pinned as “%(what)s” by %(name)s: “%(reason)s”.") % words


def _since(day: dt.date) -> str:
    return _("Since %(day)s.") % {"day": formats.day(day)}


def _without_span(account: Account, day: dt.date) -> str:
    known = TierSpan.objects.filter(Q(account=account, valid_from__lte=day)).exists()
    if known:
        return _("Not tiered: net revenue of the twelve months before was zero or less.")
    return _("Not tiered on %(day)s: its history begins later.") % {"day": formats.day(day)}
