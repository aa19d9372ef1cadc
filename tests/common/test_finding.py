import pytest

from accounts.models import Task
from common import finding
from common.finding import Among, Lookup, newest_with

pytestmark = pytest.mark.django_db
TABLE = Task._meta.db_table


def make_tasks(owner, *texts: str) -> list[int]:
    return [Task.objects.create(title="x", owner=owner, search_text=text).pk for text in texts]


def ids(wanted, most=10, among=finding.EVERYTHING, **how) -> list[int]:
    return [pk for pk, _text in newest_with([Lookup(TABLE, wanted, most, among, **how)])[0]]


def test_rows_hold_one_part_of_each_group_and_the_newest_comes_first(cast):
    first, _second, third = make_tasks(cast.karl, "\nalpha beta", "\nalpha", "\nbeta gamma alpha")
    assert ids([["alpha"], ["beta", "nothing"]]) == [third, first]
    assert ids([["alpha"], ["beta"]], most=1) == [third]
    assert ids([["delta"]]) == ids([]) == ids([["alpha"]], most=0) == []


def test_signs_of_patterns_are_looked_for_as_they_are(cast):
    percent, _line, backslash = make_tasks(cast.karl, "\n100% sure", "\n100 sure a_b", "\nc:\\temp")
    assert ids([["0% s"]]) == [percent]
    assert ids([["a%b"]]) == ids([["10_ s"]]) == []
    assert ids([["c:\\temp"]]) == [backslash]
    assert ids([["'; --"]]) == []


def test_only_rows_with_one_of_the_values_are_looked_at(cast):
    (mine,) = make_tasks(cast.karl, "\nalpha")
    (other,) = make_tasks(cast.kim, "\nalpha")
    assert ids([["alpha"]], among=Among({"owner_id": [cast.karl.pk]})) == [mine]
    both = Among({"owner_id": [cast.karl.pk], "id": [other]})
    assert ids([["alpha"]], among=both) == [other, mine]
    assert ids([["alpha"]], among=Among({"owner_id": []})) == []


def test_several_questions_are_answered_by_one_query(cast, django_assert_num_queries):
    first, second = make_tasks(cast.karl, "\nalpha", "\nbeta")
    lookups = [Lookup(TABLE, [[part]], 5) for part in ("beta", "nothing", "alpha")]
    with django_assert_num_queries(1):
        found = newest_with([*lookups, Lookup(TABLE, [], 5)])
    assert found == [[(second, "\nbeta")], [], [(first, "\nalpha")], []]
    with django_assert_num_queries(0):
        assert newest_with([Lookup(TABLE, [], 5)]) == [[]]


@pytest.mark.parametrize("has_lanes", [False, True])
def test_what_is_not_among_the_newest_is_found_as_well(cast, monkeypatch, has_lanes):
    """On PostgreSQL by the index; the answer is the same on both engines."""
    monkeypatch.setattr(finding, "FEWEST", 2)
    rows = make_tasks(cast.karl, "\nold alpha", "\nalpha", "\nx", "\ny", "\nz")
    among = Among({"owner_id": [cast.karl.pk]}, has_lanes)
    for where in (among, finding.EVERYTHING):
        assert ids([["alpha"]], among=where, newest=2) == [rows[1], rows[0]]
    assert ids([["y"]], most=1, among=among, newest=2) == [rows[3]]


def test_more_values_than_lanes_are_looked_at_together(cast, monkeypatch):
    monkeypatch.setattr(finding, "LANES", 1)
    (mine,) = make_tasks(cast.karl, "\nalpha")
    make_tasks(cast.lena, "\nalpha")
    among = Among({"owner_id": [cast.karl.pk, cast.kim.pk]}, has_lanes=True)
    assert ids([["alpha"]], among=among) == [mine]


@pytest.mark.parametrize("has_lanes", [False, True])
def test_those_found_are_put_in_order_by_a_column(cast, has_lanes):
    early, late, middle = make_tasks(cast.karl, "\nalpha", "\nalpha", "\nalpha")
    for pk, rank in ((early, 1), (late, 9), (middle, 5)):
        Task.objects.filter(pk=pk).update(rank=rank)
    among = Among({"owner_id": [cast.karl.pk]}, has_lanes)
    assert ids([["alpha"]], among=among, order="rank") == [late, middle, early]
    assert ids([["alpha"]], 2, among=among, order="rank") == [late, middle]


def test_where_the_newest_promise_enough_those_before_them_are_read_on(cast):
    """On PostgreSQL without asking the index; the answer is the same on both engines."""
    rows = make_tasks(cast.karl, "\nalpha far", *["\nalpha"] * 3, *["\nx"] * 8, "\nalpha", "\nx")
    for most in (1, 2, 3, 4, 5, 9):
        expected = [rows[i] for i in (12, 3, 2, 1, 0)][:most]
        assert ids([["alpha"]], most, newest=2) == expected
    assert ids([["alpha"], ["far"]], newest=2) == [rows[0]]


def test_only_rows_that_meet_the_condition_are_found(cast):
    rows = make_tasks(cast.karl, *["\nalpha"] * 4)
    Task.objects.filter(pk__in=rows[1:3]).update(rank=7)
    for newest in (1, 2, 50):
        assert ids([["alpha"]], newest=newest, only="rank <> 7") == [rows[3], rows[0]]
    among = Among({"owner_id": [cast.karl.pk]}, has_lanes=True)
    assert ids([["alpha"]], among=among, only="rank <> 7") == [rows[3], rows[0]]
