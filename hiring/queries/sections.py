"""The rooms of hiring and of one vacancy, as tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.models import Vacancy
from people.models import User


def section_tabs(reader: User, current: str) -> list[dict]:
    """Of all hiring; `current` is the key of the page's own tab. Empty for who does not hire."""
    if not reader.hires:
        return []
    rooms = [  # key, address, label, only for recruiters
        ("vacancies", "hiring:vacancy_list", _("Vacancies"), False),
        ("candidates", "hiring:candidate_list", _("Candidates"), False),
        ("sessions", "hiring:session_list", pgettext("group interviews", "Sessions"), False),
        ("letters", "hiring:letter_list", _("Letters"), True),
        ("tasks", "hiring:task_bank", _("Test tasks"), True),
        ("offers", "hiring:offer_list", _("Offers"), False),
        ("probations", "hiring:probation_list", _("Probations"), False),
        ("off_limits", "hiring:off_limits_page", _("Off limits"), False),
        ("profiles", "hiring:profile_list", _("Profiles"), False),
        ("competencies", "hiring:competency_list", _("Competencies"), False),
        ("pay", "hiring:benchmark_list", _("Pay in the market"), False),
        ("numbers", "hiring:numbers_page", pgettext("hiring figures", "Numbers"), False),
        ("data", "hiring:data_page", _("Personal data"), False),
    ]
    return [
        {"label": label, "url": reverse(name), "is_current": key == current}
        for key, name, label, for_recruiters in rooms
        if reader.is_recruiter or not for_recruiters
    ]


def vacancy_tabs(vacancy: Vacancy, reader: User, current: str) -> list[dict]:
    """Of one vacancy; `current` is the key of the page's own tab."""
    rooms = [  # key, address with the vacancy's number, label, only for recruiters
        ("board", "hiring:vacancy_page", _("Board"), False),
        ("list", "hiring:candidacy_list", _("List"), False),
        ("sourcing", "hiring:sourcing_page", _("Sourcing"), False),
        ("calls", "hiring:calls_page", _("Calls"), True),
        ("questionnaire", "hiring:questionnaire_page", _("Questionnaire"), True),
        ("sessions", "hiring:vacancy_sessions", pgettext("group interviews", "Sessions"), False),
        ("advert", "hiring:advert_page", _("Advert"), False),
        ("stages", "hiring:stage_list", _("Stages"), True),
    ]
    if not reader.hires:
        return []
    return [
        {"label": label, "url": reverse(name, args=[vacancy.pk]), "is_current": key == current}
        for key, name, label, for_recruiters in rooms
        if reader.is_recruiter or not for_recruiters
    ]
