import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ManagerDay
from hiring.models import Need, Vacancy
from people.choices import Role
from people.commands.employment import set_employment
from people.models import Absence, company_day
from tests.accounts.test_queries_load import filled
from tests.cast import make_account, make_user, signed_in
from tests.recruiting import make_profile

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def page(user, query: str = "") -> str:
    answer = signed_in(user).get(reverse("kpi:capacity_page") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_director_sees_everybody_and_what_is_ahead(cast):
    filled(cast.karl, "A", 40, key=True, name="Hansa")
    shown = page(cast.dora)
    assert all(name in shown for name in ("Karl", "Lena", "Kim"))
    assert "166 hours asked for" in shown and "Will there be enough managers?" in shown


def test_a_lead_sees_the_team_and_a_manager_their_own_bar(cast):
    filled(cast.karl, "A", 8, name="Hansa")
    filled(cast.kim, "A", 8, name="Vega")
    team = page(cast.lena)
    assert "Karl" in team and "Kim" not in team and "enough managers" not in team
    own = page(cast.karl)
    assert "Hansa" in own and "Lena" not in own and "Vega" not in own


@pytest.mark.parametrize("reader", ["anna", "rita", "ivan", "adam", "sam"])
def test_for_the_others_there_is_no_such_page(cast, reader):
    client = signed_in(getattr(cast, reader))
    for name in ("capacity_page", "capacity_move", "capacity_vacancy"):
        assert client.get(reverse(f"kpi:{name}")).status_code == 404


def test_who_is_over_two_months_running_is_named(cast):
    for n in range(60):
        ManagerDay.objects.create(
            user=cast.karl, day=TODAY - dt.timedelta(days=n), hours=150, capacity=120, key=1,
            regular=1, relationships=1, rule_version="load-2",
        )  # fmt: skip
    assert "Karl has had more work than hours two months running." in page(cast.dora)


def test_absences_that_come_are_shown(cast):
    Absence.objects.create(
        user=cast.karl, kind="holiday", valid_from=TODAY + dt.timedelta(days=7),
        valid_to=TODAY + dt.timedelta(days=14),
    )  # fmt: skip
    assert "holiday" in page(cast.dora)


def test_what_if_shows_both_bars_and_saves_nothing(cast):
    account = filled(cast.karl, "A", 8, name="Hansa")
    query = f"?from={cast.karl.pk}&account={account.pk}&to={cast.kim.pk}"
    part = signed_in(cast.dora).get(reverse("kpi:capacity_move") + query).content.decode()
    assert "38 of" in part and "54 of" in part  # new people cost half as much again
    assert "54 of" in page(cast.dora, query)
    account.refresh_from_db()
    assert account.owner == cast.karl


def test_what_if_knows_only_what_is_on_the_reader_s_page(cast):
    account = filled(cast.kim, "A", 8, name="Vega")
    client = signed_in(cast.lena)
    query = f"?from={cast.kim.pk}&account={account.pk}&to={cast.karl.pk}"
    assert "Vega" not in client.get(reverse("kpi:capacity_move") + query).content.decode()
    assert signed_in(cast.karl).get(reverse("kpi:capacity_move")).status_code == 404


def test_what_if_says_when_the_gate_would_refuse(cast):
    account = filled(cast.karl, "A", 1, key=True)
    query = f"?from={cast.karl.pk}&account={account.pk}&to={cast.kim.pk}"
    part = signed_in(cast.dora).get(reverse("kpi:capacity_move") + query).content.decode()
    assert "no grade yet" in part


def test_a_gap_opens_one_draft_and_leads_to_it(cast):
    for owner in (cast.karl, cast.kim, cast.lena) * 2:
        filled(owner, "A", 20, key=True)
    profile = make_profile()
    client = signed_in(cast.dora)
    assert "Ask for a vacancy" in page(cast.dora)
    url = reverse("kpi:capacity_vacancy")
    assert "hire" in client.get(url).content.decode()
    data = {"months": 6, "certainty": 80, "profile": profile.pk, "title": "KAM north"}
    assert client.post(url, data).status_code == 302
    need = Need.objects.get()
    assert need.vacancy.openings == need.hires > 0 and need.reckoning["basis"]["work"]
    assert "Vacancy under way: KAM north" in page(cast.dora)
    assert client.post(url, data).status_code == 422
    assert Vacancy.objects.count() == 1
    back = client.get(reverse("hiring:advert_page", args=[need.vacancy.pk])).content.decode()
    assert reverse("kpi:capacity_page") in back


def test_more_managers_than_needed_are_told_as_to_spare(cast):
    for user in (cast.karl, cast.kim, cast.lena):
        set_employment(actor=None, user=user, day=company_day(), grade=2)
    assert "to spare" in page(cast.dora)


def test_without_a_profile_the_drawer_leads_to_one(cast):
    answer = signed_in(cast.dora).get(reverse("kpi:capacity_vacancy"))
    assert reverse("hiring:profile_list") in answer.content.decode()


def test_an_empty_company_has_an_empty_page(cast):
    assert "Capacity" in page(cast.dora)
    assert "You own no account yet" in page(cast.karl)


def test_more_managers_take_no_more_queries(cast):
    filled(cast.karl, "A", 2)
    client = signed_in(cast.dora)
    client.get(reverse("kpi:capacity_page"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("kpi:capacity_page"))
    for number in range(5):
        make_account(owner=make_user(f"More {number}", Role.KAM))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("kpi:capacity_page"))
    assert len(few) == len(many)
