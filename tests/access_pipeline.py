"""Candidacies that addresses are about; hiring has no owners, so whose they are makes no odds."""

from django.utils import timezone

from hiring.choices import LetterKind, StageKind
from hiring.commands import candidacy as commands
from hiring.commands import candidacy_bulk
from hiring.commands.candidacy_view import save_candidacy_view
from hiring.commands.letter import install_letters
from hiring.models import Candidacy, LetterTemplate
from people.models import User
from tests.cast import Cast
from tests.recruiting import make_candidacy, make_vacancy


def _made(cast: Cast) -> Candidacy:
    return make_candidacy(
        make_vacancy(recruiter=cast.rita), stage=StageKind.SESSION, shortlisted_at=timezone.now()
    )


def hiring_vacancy(cast: Cast, owner: User) -> dict:
    return {"pk": _made(cast).vacancy_id}


def candidacy(cast: Cast, owner: User) -> dict:
    return {"pk": _made(cast).pk}


def _moved(cast: Cast):
    row = _made(cast)
    stage = row.vacancy.stages.get(kind=StageKind.TASK)
    return commands.move_candidacies(actor=cast.rita, candidacy_ids=[row.pk], stage_id=stage.pk)


def candidacy_deed(cast: Cast, owner: User) -> dict:
    return {"event": _moved(cast).data["events"][0]}


def candidacy_deeds(cast: Cast, owner: User) -> dict:
    return {"event": _moved(cast).pk}


def candidate_mailing(cast: Cast, owner: User) -> dict:
    install_letters()
    row = _made(cast)
    row.candidate.reaches.create(kind="email", value="p@example.org", normal="p@example.org")
    template = LetterTemplate.objects.filter(kind=LetterKind.APPROACH).first()
    event, _stopped = candidacy_bulk.write_to_candidacies(
        actor=cast.rita, candidacy_ids=[row.pk], template_id=template.pk
    )
    return {"event": event.pk}


def candidacy_view(cast: Cast, owner: User) -> dict:
    row = _made(cast)
    view = save_candidacy_view(
        actor=cast.rita, vacancy_id=row.vacancy_id, name="Access", query="stale=1"
    )
    return {"pk": view.pk}


MAKERS = {
    "candidacy_view": candidacy_view,
    "candidate_mailing": candidate_mailing,
    "candidacy": candidacy,
    "candidacy_deed": candidacy_deed,
    "candidacy_deeds": candidacy_deeds,
    "hiring_vacancy": hiring_vacancy,
}
