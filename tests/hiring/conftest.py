import pytest

from hiring.commands.reject_reason import install_reject_reasons
from hiring.views import application
from people.models.company import company_known
from tests.cast import signed_in
from tests.recruiting import make_session, make_vacancy


@pytest.fixture
def within_request(cast):
    """The company's row is read already, as within a request."""
    with company_known():
        yield


@pytest.fixture
def vacancy(cast):
    install_reject_reasons()
    return make_vacancy("KAM north", recruiter=cast.rita)


@pytest.fixture
def rita(cast):
    """The recruiter's browser; `client` stays a stranger's."""
    return signed_in(cast.rita)


@pytest.fixture
def signed(client, cast):
    """Call it with somebody's name in the cast: the client, signed in as them."""

    def sign(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign


@pytest.fixture
def patient(monkeypatch):
    """Nobody waits three seconds for the public form but where it is tested."""
    monkeypatch.setattr(application, "TOO_FAST", -1)


@pytest.fixture
def session(vacancy, request):
    """Planned in two days; a module whose numbers spare chairs must not hold down says SESSION."""
    return make_session(vacancy, **getattr(request.module, "SESSION", {}))
