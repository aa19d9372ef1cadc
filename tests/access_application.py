"""Papers, links and forms of candidates that addresses are about; nobody of our own owns them."""

from django.core.files.base import ContentFile
from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.file import keep_candidate_file
from hiring.commands.link import make_link
from hiring.models import Finding
from people.models import User
from tests.cast import Cast
from tests.recruiting import (
    make_candidacy,
    make_candidate,
    make_question,
    make_rule,
    make_sheet,
    make_vacancy,
)


def candidate_paper(cast: Cast, owner: User) -> dict:
    """Of somebody shortlisted whom Ivan was asked to judge."""
    now = timezone.now()
    candidacy = make_candidacy(make_vacancy(), stage=StageKind.SESSION, shortlisted_at=now)
    make_sheet(candidacy, cast.ivan, held_at=now)
    upload = ContentFile(b"Sold to large customers.", name="cv.txt")
    return {"key": keep_candidate_file(candidate_id=candidacy.candidate_id, upload=upload).key}


def own_link(cast: Cast, owner: User) -> dict:
    return {"token": make_link(make_candidate()).token}


def questionnaire(cast: Cast, owner: User) -> dict:
    return {"pk": make_vacancy().pk}


def question(cast: Cast, owner: User) -> dict:
    return {"pk": make_question(make_vacancy()).pk}


def knock_out(cast: Cast, owner: User) -> dict:
    return {"pk": make_rule(make_question(make_vacancy())).pk}


def finding(cast: Cast, owner: User) -> dict:
    rule = make_rule(make_question(make_vacancy()))
    candidacy = make_candidacy(rule.question.vacancy, applied_at=timezone.now())
    row = Finding.objects.create(rule=rule, candidacy=candidacy, verdict="fails")
    return {"pk": row.pk}


def answered(cast: Cast, owner: User) -> dict:
    now = timezone.now()
    candidacy = make_candidacy(make_vacancy(), stage=StageKind.SESSION, shortlisted_at=now)
    return {"pk": candidacy.candidate_id}


MAKERS = {
    "answered": answered,
    "candidate_paper": candidate_paper,
    "finding": finding,
    "knock_out": knock_out,
    "own_link": own_link,
    "form_question": question,
    "questionnaire": questionnaire,
}
