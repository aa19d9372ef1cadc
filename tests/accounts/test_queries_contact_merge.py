import pytest

from accounts.models import Position
from accounts.queries.contact_merge import contact_comparison, home_of
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_observation

pytestmark = pytest.mark.django_db


def test_both_records_stand_side_by_side_as_far_as_the_reader_sees():
    cast = make_cast()
    hansa, foreign = make_account("Hansa", owner=cast.karl), make_account("Vega", owner=cast.kim)
    one = make_contact(hansa, "Jutta Krämer", title="Head")
    other = make_contact(hansa, "Jutta K", title="Buyer", languages=["de", "en"])
    Position.objects.create(contact=other, account=foreign, valid_from=LONG_AGO)
    make_observation(other)
    rows = {row.label: row for row in contact_comparison(one, other, cast.karl)}
    assert rows["Name"].is_choice
    assert (rows["Languages"].absorbed, rows["Languages"].prefers_absorbed) == ("de, en", True)
    assert rows["Places"].absorbed == "Buyer (Hansa)"
    assert (rows["Observations"].survivor, rows["Observations"].absorbed) == ("0", "1")


def test_a_person_is_at_home_where_the_reader_may_open_them():
    cast = make_cast()
    hansa = make_account("Hansa", owner=cast.karl)
    jutta = make_contact(hansa)
    assert home_of(jutta, cast.karl).account_id == hansa.pk
    assert home_of(jutta, cast.kim) is None
