"""The kinds of news that hiring brings; each noun registers its own beside its queries."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.models import Vacancy
from people import notices
from people.models import User
from people.notices import Kind

VACANCY_PROPOSED, VACANCY_APPROVED = "vacancy_proposed", "vacancy_approved"
VACANCY_SENT_BACK, VACANCY_ASKED = "vacancy_sent_back", "vacancy_asked"


def _proposed(user: User, ids: Collection[int]) -> dict[int, Vacancy]:
    rows = Vacancy.objects.visible_to(user).filter(state="proposed")
    return rows.in_bulk(ids) if user.is_director else {}


def _vacancies(user: User, ids: Collection[int]) -> dict[int, Vacancy]:
    return Vacancy.objects.visible_to(user).in_bulk(ids) if user.hires else {}


def _url(row: Vacancy) -> str:
    return reverse("hiring:advert_page", args=[row.pk])


notices.register(
    {
        VACANCY_PROPOSED: Kind(
            icon="person-plus",
            find=_proposed,
            sentence=lambda row, data: (
                _("A vacancy waits for your approval: %(title)s") % {"title": row.title}
            ),
            url=lambda row: reverse("hiring:vacancy_approval", args=[row.pk]),
        ),
        VACANCY_APPROVED: Kind(
            icon="check-lg",
            find=_vacancies,
            sentence=lambda row, data: (
                _("Approved, ready to publish: %(title)s") % {"title": row.title}
            ),
            url=_url,
        ),
        VACANCY_SENT_BACK: Kind(
            icon="arrow-counterclockwise",
            find=_vacancies,
            sentence=lambda row, data: (
                _("Sent back with a reason: %(title)s") % {"title": row.title}
            ),
            url=_url,
        ),
        VACANCY_ASKED: Kind(
            icon="person-plus",
            find=_vacancies,
            sentence=lambda row, data: (
                _("Managers will be missing, write the vacancy: %(title)s") % {"title": row.title}
            ),
            url=_url,
        ),
    }
)
