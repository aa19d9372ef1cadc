"""Candidacies that addresses are about; hiring has no owners, so whose they are makes no odds."""

from hiring.choices import StageKind
from hiring.commands import candidacy as commands
from hiring.models import Candidacy
from people.models import User
from tests.cast import Cast
from tests.recruiting import make_candidacy, make_vacancy


def _made(cast: Cast) -> Candidacy:
    return make_candidacy(make_vacancy(recruiter=cast.rita), stage=StageKind.SESSION)


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


MAKERS = {
    "candidacy": candidacy,
    "candidacy_deed": candidacy_deed,
    "candidacy_deeds": candidacy_deeds,
    "hiring_vacancy": hiring_vacancy,
}
