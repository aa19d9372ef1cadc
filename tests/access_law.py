"""Objects of the page on candidates' data, for the access matrix."""

from django.utils import timezone

from hiring.commands.erasure import ask_erasure
from hiring.models import Erasure, LegalHold
from people.models import User
from tests.cast import Cast
from tests.recruiting import make_candidate


def plain_candidate(cast: Cast, owner: User) -> dict:
    return {"pk": make_candidate().pk}


def wish(cast: Cast, owner: User) -> dict:
    return {"pk": ask_erasure(candidate_id=make_candidate().pk).pk}


def act(cast: Cast, owner: User) -> dict:
    row = ask_erasure(candidate_id=make_candidate().pk)
    Erasure.objects.filter(pk=row.pk).update(done_at=timezone.now(), candidate=None)
    return {"pk": row.pk}


def hold(cast: Cast, owner: User) -> dict:
    return {"pk": LegalHold.objects.create(candidate=make_candidate(), reason="A case").pk}


MAKERS = {"plain_candidate": plain_candidate, "wish": wish, "act": act, "hold": hold}
