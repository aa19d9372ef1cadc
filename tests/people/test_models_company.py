"""Rights turn at the company's midnight, wherever their reader is."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Assignment
from hiring.models import Candidate
from people.models import Attachment, Company, Membership, company_day
from people.models.company import known_company
from tests.cast import LONG_AGO, make_account, make_company, signed_in

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 11, 20)
OVER = dt.date(2026, 11, 21)
# 23:30 and 00:30 in Moscow; for the readers below it is the 21st and the 20th both times.
BEFORE = dt.datetime(2026, 11, 20, 20, 30, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.UTC)
ZONES = ("Asia/Tokyo", "America/Los_Angeles")


@pytest.fixture
def moscow(cast):
    return make_company(time_zone="Europe/Moscow")


def is_open_to(user, account) -> bool:
    address = reverse("accounts:account_page", args=[account.pk])
    return signed_in(user).get(address).status_code == 200


@pytest.mark.parametrize("zone", ZONES)
def test_an_assignment_ends_at_the_companys_midnight(cast, moscow, zone):
    type(cast.karl).objects.filter(pk=cast.karl.pk).update(time_zone=zone)
    account = make_account("Passed on")
    Assignment.objects.create(
        account=account, user=cast.karl, role="owner", valid_from=LONG_AGO, valid_to=OVER
    )
    with time_machine.travel(BEFORE, tick=False):
        assert is_open_to(cast.karl, account)
    with time_machine.travel(AFTER, tick=False):
        assert not is_open_to(cast.karl, account)


@pytest.mark.parametrize("zone", ZONES)
def test_an_assistant_begins_at_the_companys_midnight(cast, moscow, zone):
    type(cast.anna).objects.filter(pk=cast.anna.pk).update(time_zone=zone)
    Attachment.objects.update(valid_from=OVER)
    account = make_account("Hansa", owner=cast.karl)
    with time_machine.travel(BEFORE, tick=False):
        assert not is_open_to(cast.anna, account)
    with time_machine.travel(AFTER, tick=False):
        assert is_open_to(cast.anna, account)


@pytest.mark.parametrize("zone", ZONES)
def test_a_lead_loses_a_team_member_at_the_companys_midnight(cast, moscow, zone):
    Membership.objects.filter(user=cast.karl).update(valid_to=OVER)
    Candidate.objects.create(name="Karl", user=cast.karl)
    account = make_account("Hansa", owner=cast.karl)
    type(cast.lena).objects.filter(pk=cast.lena.pk).update(time_zone=zone)
    hidden = Candidate.hidden_from
    with time_machine.travel(BEFORE, tick=False):
        assert is_open_to(cast.lena, account)
        assert Candidate.objects.filter(hidden(cast.lena)).exists()
    with time_machine.travel(AFTER, tick=False):
        assert not is_open_to(cast.lena, account)
        assert not Candidate.objects.filter(hidden(cast.lena)).exists()


def test_outside_of_requests_the_company_is_read_anew(moscow):
    with time_machine.travel(AFTER, tick=False):
        assert company_day() == OVER
        Company.objects.update(time_zone="America/Los_Angeles")
        assert company_day() == LAST


def test_a_request_reads_the_company_once_and_forgets_it(cast):
    with CaptureQueriesContext(connection) as asked:
        is_open_to(cast.karl, make_account("Hansa", owner=cast.karl))
    assert len([one for one in asked if 'FROM "people_company"' in one["sql"]]) == 1
    assert known_company.get() is None
