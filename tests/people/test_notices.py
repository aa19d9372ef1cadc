import datetime as dt

import pytest

from accounts.queries import notices as of_accounts
from people import notices
from people.models import company_day
from tests.field_tasks import make_task


def test_a_section_is_registered_once():
    def make(user, day):
        return None

    before = list(notices.SECTIONS)
    notices.register_section(make)
    notices.register_section(make)
    assert [*before, make] == notices.SECTIONS
    notices.SECTIONS.remove(make)


@pytest.mark.django_db
def test_all_numbers_of_the_navigation_are_one_query(cast, django_assert_num_queries):
    make_task(owner=cast.karl, due=company_day() - dt.timedelta(days=2))
    notices.counts(cast.karl, ["/"])  # who they are is known to a page
    with django_assert_num_queries(1):
        found = notices.counts(cast.karl, ["/", "/hiring/", "/kpi/", "/settings/"])
    assert found == {"/": 1, "/hiring/": 0, "/kpi/": 0}


def test_the_navigation_counts_what_is_overdue():
    assert notices.COUNTS["/"].__module__ == "accounts.queries.tasks"
    assert of_accounts.TASK_GIVEN in notices.KINDS
