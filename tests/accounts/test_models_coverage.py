import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Assignment
from accounts.models.coverage import people_led, people_served, team_mates
from people.models import Attachment
from tests.cast import LONG_AGO, make_account, make_cast

pytestmark = pytest.mark.django_db


def ids(rows):
    return {next(iter(row.values())) for row in rows}


def test_a_lead_leads_the_members_and_shares_the_team_with_them():
    cast = make_cast()
    assert ids(people_led(cast.lena)) == {cast.lena.pk, cast.karl.pk}
    assert ids(people_led(cast.karl)) == set()
    assert ids(team_mates(cast.karl)) == {cast.lena.pk, cast.karl.pk}


def test_an_assistant_serves_as_long_as_attached():
    cast = make_cast()
    assert ids(people_served(cast.anna)) == {cast.karl.pk}
    Attachment.objects.update(valid_to=timezone.localdate())
    assert ids(people_served(cast.anna)) == set()


def test_the_past_keeps_its_answer():
    cast = make_cast()
    account = make_account()
    march = dt.date(2026, 3, 3)
    Assignment.objects.create(
        account=account, user=cast.kim, role="owner", valid_from=LONG_AGO, valid_to=march
    )
    Assignment.objects.create(account=account, user=cast.karl, role="owner", valid_from=march)
    Assignment.objects.create(account=account, user=cast.lena, role="deputy", valid_from=march)
    owners = account.assignments.owners()
    assert owners.on(march - dt.timedelta(days=1)).get().user == cast.kim
    assert owners.on(march).get().user == cast.karl


def test_an_assignment_ends_after_it_began():
    cast = make_cast()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            account=make_account(),
            user=cast.kim,
            role="owner",
            valid_from=LONG_AGO,
            valid_to=LONG_AGO,
        )
