import pytest

from accounts.models import Account
from accounts.queries.kin import ancestor_ids, family_ids, family_rows, heads, own_ids
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_a_family_is_what_counts_on_every_level_with_what_was_merged_into_it():
    top = make_account("Top")
    middle = make_account("Middle", parent=top)
    bottom = make_account("Bottom", parent=middle)
    apart = make_account("Apart", parent=top, rolls_up=False)
    below_apart = make_account("Below apart", parent=apart)
    merged = make_account("Merged", status="merged", merged_into=bottom)
    assert family_ids(top) == sorted([top.pk, middle.pk, bottom.pk, merged.pk])
    assert family_ids(apart) == [apart.pk, below_apart.pk]
    assert sorted(own_ids(bottom)) == [bottom.pk, merged.pk]
    inside = Account.objects.filter(pk__in=family_rows(top)).values_list("pk", flat=True)
    assert sorted(inside) == family_ids(top)
    assert ancestor_ids(bottom.pk) == [bottom.pk, middle.pk, top.pk]


def test_one_query_tells_for_many_accounts_whose_rows_count(django_assert_num_queries):
    first, second = make_account("First"), make_account("Second")
    child = make_account("Child", parent=first)
    with django_assert_num_queries(1):
        found = heads([first.pk, second.pk, child.pk])
    assert sorted(found[child.pk]) == [first.pk, child.pk]
    assert heads([]) == {}


def test_a_circle_that_somehow_came_to_be_ends_the_walk():
    one, other = make_account("One"), make_account("Other")
    type(one).objects.filter(pk=one.pk).update(parent=other)
    type(one).objects.filter(pk=other.pk).update(parent=one)
    assert family_ids(one) == [one.pk, other.pk]
    assert ancestor_ids(one.pk) == [one.pk, other.pk]
