import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from common import tokens
from common.errors import RuleBroken
from common.models import Job
from people import commands
from people.models import Session
from people.queries import events

pytestmark = pytest.mark.django_db


def browsers(reader, user, count: int) -> list:
    clients = [reader(user) for _ in range(count)]
    for client in clients:
        client.get("/me/")
    return clients


def test_signing_out_everywhere_else_keeps_this_browser(cast, reader):
    first, _second, _third = browsers(reader, cast.karl, 3)
    ended = commands.sign_out_everywhere(
        actor=cast.karl, user=cast.karl, keep=first.session.session_key
    )
    assert ended == 2
    assert first.get("/me/").status_code == 200
    assert events(cast.karl)[0].verb == "user.signed_out"


def test_an_administrator_ends_somebodys_sessions(cast, reader):
    (client,) = browsers(reader, cast.karl, 1)
    commands.sign_out_everywhere(actor=cast.adam, user=cast.karl)
    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize(("actor", "user"), [("karl", "kim"), ("adam", "dora"), ("lena", "karl")])
def test_whom_one_may_not_sign_out(cast, reader, actor, user):
    (client,) = browsers(reader, getattr(cast, user), 1)
    with pytest.raises(RuleBroken):
        commands.sign_out_everywhere(actor=getattr(cast, actor), user=getattr(cast, user))
    assert client.get("/me/").status_code == 200


def test_nobody_ends_a_single_session_of_somebody_else(cast, reader):
    (client,) = browsers(reader, cast.kim, 1)
    commands.end_session(user=cast.karl, mark=tokens.digest(client.session.session_key))
    assert client.get("/me/").status_code == 200


def test_expired_sessions_are_forgotten(cast, reader):
    browsers(reader, cast.karl, 2)
    old = Session.objects.first()
    Session.objects.filter(pk=old.pk).update(expire_date=timezone.now() - dt.timedelta(days=1))
    assert commands.forget_expired_sessions() == 1
    assert Session.objects.count() == 1


def test_lost_factors_are_removed_by_those_who_may_and_told(cast):
    TOTP.activate(cast.karl, "JBSWY3DPEHPK3PXP")
    for actor in (cast.karl, cast.kim):
        with pytest.raises(RuleBroken):
            commands.remove_factors(actor=actor, user=cast.karl)
    commands.remove_factors(actor=cast.adam, user=cast.karl)
    assert not Authenticator.objects.exists()
    assert Job.objects.get().kwargs["kind"] == "factor_removed"
    assert events(cast.karl)[0].verb == "user.factor_removed"
    with pytest.raises(RuleBroken):
        commands.remove_factors(actor=cast.adam, user=cast.dora)
