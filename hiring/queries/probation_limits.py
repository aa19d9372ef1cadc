"""What is known of the law's limits, told as what it is: a note with a source and a day."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from hiring.models import ProbationLimit
from people.models import User

CASES: dict[str, str | Promise] = {
    "": gettext_lazy("in general"),
    "heads": gettext_lazy("heads, their deputies, chief accountants"),
    "short_contract": gettext_lazy("contracts of two to six months"),
    "technicians": gettext_lazy("qualified technicians"),
    "small_firm": gettext_lazy("firms of fewer than 25 people"),
    "supervisors": gettext_lazy("supervisors and technicians"),
    "cadres": gettext_lazy("executives (cadres)"),
    "cadres_renewed": gettext_lazy("executives (cadres), with one renewal"),
}


def limits(reader: User, country: str = "") -> QuerySet[ProbationLimit]:
    """Those of a country, or all; for who plans probations."""
    rows = ProbationLimit.objects.all() if reader.hires or reader.is_kam else None
    if rows is None:
        return ProbationLimit.objects.none()
    return rows.filter(country=country.upper()) if country else rows


def case_words(limit: ProbationLimit) -> str:
    """Shipped cases in the reader's language, one's own as they were entered."""
    return str(CASES.get(limit.case, limit.case))


def limit_words(limit: ProbationLimit | None) -> str:
    """One sentence: what was noted, and that it is no advice."""
    if limit is None:
        return _("No limit is known for this country: ask your lawyer.")
    words = {"day": formats.day(limit.on), "source": limit.source}
    if limit.most_days is None:
        return _("No longest trial was noted, as of %(day)s: ask your lawyer. %(source)s") % words
    words["days"] = formats.number(limit.most_days)
    return _("Noted as of %(day)s: %(days)s days at most. Ask your lawyer. %(source)s") % words
