"""The list of candidates as a table to take away; recruiters only."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.choices import ReachKind
from hiring.models import Candidacy
from hiring.queries.candidate_list import Row
from people.models import User


def header() -> list[str]:
    return [
        pgettext("person", "Name"), _("Name in another script"), _("Phone"), _("E-mail"),
        _("City"), _("Country"), _("Present employer"), _("Present position"),
        _("Years in sales"), _("Wants, a month"), _("Currency"), _("Source"), _("Vacancies"),
        _("Wants no letters"), _("Wants no calls"), _("Added"),
    ]  # fmt: skip


def cells(rows: Iterable[Row], user: User) -> Iterator[list]:
    """One line a person; `user` is named so that nobody else's rights are used by mistake."""
    if not user.is_recruiter:
        return
    for row in rows:
        one = row.candidate
        yield [
            one.name, one.other_name, _reaches(one, ReachKind.PHONE),
            _reaches(one, ReachKind.EMAIL), one.city, one.country, one.employer, one.title,
            one.years_in_sales, one.pay_wish, one.pay_currency, str(one.get_source_display()),
            "; ".join(stands(candidacy) for candidacy in row.candidacies),
            _("yes") if one.wants_no_letters else "", _("yes") if one.wants_no_calls else "",
            one.created_at,
        ]  # fmt: skip


def _reaches(candidate, kind: str) -> str:
    return "; ".join(row.value for row in candidate.reaches.all() if row.kind == kind)


def stands(candidacy: Candidacy) -> str:
    """Where somebody stands, in words: "KAM North: decision (under way)"."""
    return _("%(vacancy)s: %(stage)s (%(state)s)") % {
        "vacancy": candidacy.vacancy.title,
        "stage": candidacy.stage.name,
        "state": candidacy.get_state_display(),
    }
