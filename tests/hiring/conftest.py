import pytest

from people.models.company import company_known
from tests.cast import make_cast


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def within_request(cast):
    """The company's row is read already, as within a request."""
    with company_known():
        yield
