"""Coverage rules that fall when people leave."""

import pytest
from django.utils import timezone

from accounts.commands.contact_role import install_contact_roles
from accounts.models import ContactRole, CoverageRule
from accounts.queries.leaving import leaving
from accounts.queries.leaving_who import Who
from tests.accounts.test_queries_leaving import book
from tests.cast import make_cast
from tests.field import make_observation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cast():
    return make_cast()


def test_rules_that_fall_are_named(cast):
    install_contact_roles()
    role = ContactRole.objects.get(code="decision_maker")
    CoverageRule.objects.create(tiers=["A"], role=role, access="2", strength=30)
    account, (boss,) = book(cast.karl, 100, (cast.karl, 30))
    boss.positions.update(role=role)
    for fact in ("power", "access"):
        make_observation(boss, fact, "3", account=account)
    (row,) = leaving(cast.dora, Who(users=(cast.karl,))).accounts
    assert row.rules_fallen
    (row,) = leaving(cast.dora, Who(users=(cast.lena,), contacts=(boss,))).accounts
    assert row.rules_fallen
