import pytest

from hiring.queries.probation_roles import lead_of, may_lead, roles_in, sees_accounts, sees_controls
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "who, roles, accounts, controls",
    [
        ("dora", {"director"}, True, True),
        ("rita", {"recruiter"}, False, False),
        ("lena", {"lead"}, True, False),
        ("karl", {"newcomer"}, True, False),
        ("kim", set(), True, False),
        ("anna", set(), False, False),
    ],
)
def test_what_everybody_is_to_a_probation(cast, who, roles, accounts, controls):
    row = make_probation(cast, "empty")
    reader = getattr(cast, who)
    assert roles_in(row, reader) == roles
    assert (sees_accounts(row, reader), sees_controls(reader)) == (accounts, controls)


def test_the_lead_is_who_leads_the_team(cast):
    assert lead_of(cast.karl) == cast.lena
    assert lead_of(cast.lena) is None  # nobody leads themselves
    assert lead_of(cast.kim) is None


def test_managers_and_directors_may_lead_or_mentor(cast):
    assert set(may_lead()) == {cast.dora, cast.lena, cast.karl, cast.kim}
