"""/kpi/plans/: for whom, and the way of a plan from nothing to adoption and back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from common import formats
from kpi.choices import PlanState
from kpi.models import PlanVersion
from people.models import company_day
from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import make_day
from tests.kpi.plans import FLAT, make_plan

pytestmark = pytest.mark.django_db
URL = reverse("kpi:plan_page")


@pytest.fixture
def cast():
    cast = make_cast()
    day = company_day()
    for owner, net in ((cast.karl, 111), (cast.kim, 333), (None, 7)):
        make_day(make_account(owner=owner), day.replace(day=1), Decimal(net))
    return cast


@pytest.fixture
def year():
    return company_day().year


def read(user, **asked):
    return without_tokens(signed_in(user).get(URL, asked))


def test_a_director_reads_the_company_everybody_and_nobody(cast, year):
    make_plan(year, adopted=True, sales={cast.karl: FLAT, cast.kim: FLAT})
    text = read(cast.dora)
    for words in ("Company", "Karl", "Kim", "Nobody", formats.money_short(Decimal(451), "EUR")):
        assert words in text


def test_a_manager_reads_their_own_line_alone(cast, year):
    make_plan(year, adopted=True, sales={cast.karl: FLAT, cast.kim: FLAT})
    text = read(cast.karl)
    assert formats.money_short(Decimal(111), "EUR") in text
    for hidden in ("Kim", "Company", "Nobody", formats.money_short(Decimal(333), "EUR"), "451"):
        assert hidden not in text


def test_without_a_plan_the_page_leads_to_one(cast, year):
    assert f"Make the plan of {year + 1} from last year" in read(cast.dora, year=year + 1)
    text = read(cast.karl, year=year + 1)
    assert "A sales director makes it" in text
    assert "from last year" not in text


def test_a_year_that_has_not_begun_shows_what_is_planned(cast, year):
    make_plan(year + 1, adopted=True, sales={cast.karl: FLAT})
    text = read(cast.dora, year=year + 1)
    assert formats.money(Decimal(1200), "EUR", 0) in text
    assert "The year has not begun" in text


@pytest.mark.parametrize("reader", ["anna", "rita", "adam", "ivan", "sam"])
def test_others_have_no_such_page(cast, reader):
    assert signed_in(getattr(cast, reader)).get(URL).status_code == 404


@pytest.mark.parametrize("asked", ["1", "99999"])
def test_a_year_that_is_none_is_not_there(cast, asked):
    assert signed_in(cast.dora).get(URL, {"year": asked}).status_code == 404


def post(user, name, *args, **data):
    return signed_in(user).post(reverse(f"kpi:{name}", args=args), data)


def test_a_draft_is_made_adopted_withdrawn_discarded_and_restored(cast, year):
    year += 1
    answer = post(cast.dora, "plan_create", year=year, source="last_year", percent="0")
    version = PlanVersion.objects.get()
    assert answer["Location"] == reverse("kpi:plan_edit", args=[year])
    assert f'action="{reverse("kpi:plan_discard", args=[version.pk])}"' in read(
        cast.dora, year=year
    )
    steps = (
        ("plan_adopt", {"start": company_day().isoformat()}, PlanState.ADOPTED),
        ("plan_withdraw", {}, PlanState.DRAFT),
        ("plan_discard", {}, PlanState.DISCARDED),
        ("plan_restore", {}, PlanState.DRAFT),
    )
    for name, data, state in steps:
        post(cast.dora, name, version.pk, **data)
        version.refresh_from_db()
        assert version.state == state


def test_what_cannot_be_done_is_said_on_the_page(cast, year):
    make_plan(year)
    answer = signed_in(cast.dora).post(
        reverse("kpi:plan_create"), {"year": year, "source": "empty"}, follow=True
    )
    assert "There is a draft" in answer.content.decode()


def test_a_file_holds_the_lines_its_reader_may_see(cast, year):
    version = make_plan(year, adopted=True, sales={cast.karl: [1], cast.kim: [2]})
    page = reverse("kpi:plan_export", args=[version.pk, "csv"])
    for reader, names in ((cast.dora, ["Karl", "Kim"]), (cast.karl, ["Karl"])):
        lines = signed_in(reader).get(page).getvalue().decode().splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == names
    assert lines[1] == f"Karl,karl@example.org,,sales,{year}-01,1"
    assert signed_in(cast.dora).get(page.replace("csv", "xlsx")).status_code == 200
    assert signed_in(cast.dora).get(page.replace("csv", "pdf")).status_code == 404


def test_a_draft_is_no_managers_to_take_away(cast, year):
    version = make_plan(year, sales={cast.karl: FLAT})
    page = reverse("kpi:plan_export", args=[version.pk, "csv"])
    assert signed_in(cast.karl).get(page).status_code == 404


def test_an_earlier_year_is_told_to_its_end(cast, year):
    make_day(make_account(owner=cast.karl), dt.date(year - 1, 5, 5), Decimal(600))
    make_plan(year - 1, adopted=True, sales={cast.karl: FLAT})
    assert "50%" in read(cast.karl, year=year - 1).replace("\u00a0", "")


def test_an_account_that_went_to_somebody_else_is_not_named(cast, year):
    version = make_plan(year, adopted=True, sales={cast.karl: [1]})
    version.lines.update(account=make_account("Secretive Ltd", owner=cast.kim))
    page = reverse("kpi:plan_export", args=[version.pk, "csv"])
    for reader, is_named in ((cast.dora, True), (cast.karl, False)):
        text = signed_in(reader).get(page).getvalue().decode()
        assert ("Secretive" in text) == is_named
