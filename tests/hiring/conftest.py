import pytest

from people.models.company import Company, company_of_request
from tests.cast import make_cast


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def within_request(cast):
    """The company's row is read already, as within a request."""
    before = company_of_request.set(Company.current())
    yield
    company_of_request.reset(before)
