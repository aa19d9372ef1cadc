import pytest
from django.core.exceptions import ValidationError

from accounts.models import DossierEntry, Observation
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def karl():
    return make_cast().karl


@pytest.fixture
def row(karl):
    return make_observation(make_contact(make_account(owner=karl), "Elena"), author=karl)


@pytest.mark.parametrize(
    "fields",
    [{"value": "1"}, {"day": "2020-01-01"}, {"author": None}, {"contact": 1, "value": "2"}],
)
def test_what_was_observed_is_never_edited(row, fields):
    with pytest.raises(ValidationError):
        Observation.objects.filter(pk=row.pk).update(**fields)
    row.value = "1"
    with pytest.raises(ValidationError):
        row.save()
    with pytest.raises(ValidationError):
        Observation.objects.bulk_update([row], ["value"])
    assert Observation.objects.get(pk=row.pk).value == "3"


def test_what_was_observed_is_never_deleted(row):
    with pytest.raises(ValidationError):
        row.delete()
    with pytest.raises(ValidationError):
        Observation.objects.all().delete()
    assert Observation.objects.filter(pk=row.pk).exists()


def test_a_merge_may_move_a_row_to_another_person_or_account(row, karl):
    other = make_contact(make_account(owner=karl))
    Observation.objects.filter(pk=row.pk).update(contact=other)
    row.refresh_from_db()
    row.contact = row.account.positions.get().contact
    Observation.objects.bulk_update([row], ["contact"])
    assert Observation.objects.get(pk=row.pk).contact == row.contact


def test_the_dossier_is_only_added_to_either(karl):
    account = make_account(owner=karl)
    entry = DossierEntry.objects.create(account=account, section="goals", day="2026-01-01")
    with pytest.raises(ValidationError):
        DossierEntry.objects.update(text="other")
    with pytest.raises(ValidationError):
        entry.delete()


def test_rows_go_with_their_account(row):
    row.account.delete()
    assert not Observation.objects.exists()


def test_what_was_taken_back_does_not_stand_until_that_is_undone(row):
    back = make_observation(row.contact, retracts=row)
    assert not Observation.objects.standing().exists()
    make_observation(row.contact, retracts=back)
    assert list(Observation.objects.standing()) == [row]


def test_the_newest_of_each_fact_and_colleague(row, karl):
    contact = row.contact
    later = make_observation(contact, "stance", "4")
    make_observation(contact, "stance", "1", days_ago=5)
    power = make_observation(contact, "power", "2")
    own = make_observation(contact, "level", "2", colleague=karl)
    ours = make_observation(contact, "level", "3")
    assert set(Observation.objects.standing().newest()) == {later, power, own, ours}


def test_rows_are_seen_by_those_who_may_open_the_account(row):
    seen = {
        user.name
        for user in type(row.author).objects.all()
        if Observation.objects.visible_to(user).exists()
    }
    edited = {
        user.name
        for user in type(row.author).objects.all()
        if Observation.objects.editable_by(user).exists()
    }
    assert seen == {"Dora", "Lena", "Karl", "Anna"}
    assert edited == {"Dora", "Karl", "Anna"}
