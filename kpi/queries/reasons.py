"""Why an account is key or not, in one sentence of the reader's language."""

from django.utils.translation import gettext as _

from accounts.models import Policy
from common import formats

KEY = "key"


def why_key(reason: str, *, share: float, policy: Policy) -> str:
    """The sentence for a reason code of kpi.rules.key; `share` is of positive revenue."""
    figures = {
        "share": formats.percent(share, 1),
        "limit": formats.percent((policy.single_share or 0) / 100, 0),
        "threshold": policy.criteria_threshold,
        "cap": policy.cap,
    }
    sentences = {
        "pin": _("Pinned as key by the sales director."),
        "share": _(
            "Brings %(share)s of revenue alone; from %(limit)s a customer is key by itself."
        ),
        "tier": _("Tier A, with %(share)s of revenue."),
        "criteria": _("Key by strategic criteria: at least %(threshold)s points."),
    }
    return sentences[reason] % figures if reason in sentences else why_not_key(reason, figures)


def why_not_key(reason: str, figures: dict) -> str:
    sentences = {
        "cap": _("Beyond the cap of %(cap)s key accounts, with %(share)s of revenue."),
        "pin_out": _("Pinned as not key by the sales director."),
        "": _("No rule makes it key; it brings %(share)s of revenue."),
    }
    return sentences.get(reason, sentences[""]) % figures
