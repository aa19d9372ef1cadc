"""Health on the account's page, what people say to it, and the company's weights."""

import datetime as dt

import pytest
from django.utils import timezone

from kpi.commands.health import refresh_health
from kpi.commands.health_record import keep_record
from kpi.models import HealthDay, HealthOverride, HealthRecord, HealthWeights, Judgement
from kpi.queries.reporting import reporting_day
from tests.cast import make_account, make_user, without_tokens
from tests.kpi.health import DAY, day_before, make_person, make_promise, make_whole

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def known(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    return account


def url(account, rest: str = "") -> str:
    return f"/accounts/{account.pk}/health/{rest}"


def test_the_page_tells_the_figure_its_parts_and_what_is_not_recorded(cast, known, reader):
    text = without_tokens(reader(cast.karl).get(url(known)))
    for words in (
        "<b>82</b> of 100, 60 % known",
        "Three months: 100 €, a year before 100 €.",
        "A sponsor is there, and we are in touch.",
        "Last talk 26 Mar 2026; wanted every 14 days.",
        "Unpaid invoices are not recorded yet.",
        "41.7",
    ):
        assert words in text.replace("\xa0", " "), words


def test_the_part_for_the_account_s_page_comes_alone(cast, known, reader):
    client = reader(cast.karl)
    part = client.get(url(known), headers=PART).content.decode()
    assert "<html" not in part and "<b>82</b>" in part
    assert url(known) in client.get(f"/accounts/{known.pk}/").content.decode()


def test_strangers_find_nothing_and_assistants_read_only(cast, known, reader):
    assert reader(cast.kim).get(url(known)).status_code == 404
    assert reader(cast.adam).get(url(known)).status_code == 404
    text = without_tokens(reader(cast.anna).get(url(known)))
    assert "<b>82</b>" in text and "You know better" not in text
    assert reader(cast.anna).post(url(known, "judge/"), {"value": 25}).status_code == 404


def test_who_only_reads_a_team_mate_s_account_is_offered_nothing(cast, known, reader):
    text = without_tokens(reader(cast.lena).get(url(known)))
    assert "You know better" not in text
    assert reader(cast.lena).post(url(known, "judge/"), {"value": 25}).status_code == 404


def test_an_account_before_its_first_night_says_so(cast, account, reader):
    for headers in ({}, PART):
        text = reader(cast.karl).get(url(account), headers=headers).content.decode()
        assert "Tonight is the first night that scores it." in text


def test_too_little_known_is_no_number(cast, account, reader):
    refresh_health(day=DAY)
    text = without_tokens(reader(cast.karl).get(url(account)))
    assert "<b>Not known</b>, 0 % known" in text
    assert "below 60 % there is no number" in text


def test_the_cap_and_the_ceiling_are_told(cast, account, reader):
    make_whole(account, cast.karl)
    account.positions.all().delete()
    make_person(account, power=3, left=60)
    make_person(account, power=2, energy=30)
    Judgement.objects.create(account=account, value=0, day=day_before(61), by=cast.karl)
    refresh_health(day=day_before(1))
    refresh_health(day=DAY)
    text = without_tokens(reader(cast.karl).get(url(account)))
    assert "Held at 50: the sponsor left and nobody followed." in text
    assert "Held at" in text and "until these are known again: Voice of the customer." in text


def test_a_manager_notes_how_the_customer_is_and_takes_it_back(cast, known, reader):
    client = reader(cast.karl)
    assert client.post(url(known, "judge/"), {}).status_code == 422
    answer = client.post(url(known, "judge/"), {"value": 25, "note": "Late twice"})
    assert answer.url == url(known)
    text = without_tokens(client.get(url(known)))
    assert "unhappy" in text and "Late twice" in text
    said = Judgement.objects.get()
    assert f"/kpi/health/judgements/{said.pk}/undo/" in text
    client.post(f"/kpi/health/judgements/{said.pk}/undo/")
    assert Judgement.objects.get().removed_at
    assert "Late twice" not in without_tokens(client.get(url(known)))


def test_a_figure_set_by_hand_needs_reason_and_end_and_leaves_the_computed_one(cast, known, reader):
    client = reader(cast.karl)
    until = reporting_day() + dt.timedelta(days=21)
    wrong = client.post(url(known, "override/"), {"value": 20, "until": until, "reason": ""})
    assert wrong.status_code == 422 and not HealthOverride.objects.exists()
    client.post(url(known, "override/"), {"value": 20, "until": until, "reason": "They told me"})
    text = without_tokens(client.get(url(known)))
    assert "Set by hand to <b>20</b>" in text and "Computed: " in text
    row = HealthOverride.objects.get()
    client.post(f"/kpi/health/overrides/{row.pk}/end/")
    assert "Set by hand" not in without_tokens(client.get(url(known)))
    again = client.post(f"/kpi/health/overrides/{row.pk}/end/", follow=True)
    assert "counts already" in again.content.decode()


def test_its_course_is_drawn_once_there_are_two_days(cast, known, reader):
    day = reporting_day()
    HealthDay.objects.create(
        account=known, day=day - dt.timedelta(days=9), score=700, mean=700, confidence=60,
        known=19, missing=0,
    )  # fmt: skip
    answer = reader(cast.karl).get(url(known))
    points = answer.context["found"].chart["series"][0]["points"]
    assert points[-10][2] == 70 and "health-data" in answer.content.decode()


def test_the_same_queries_whatever_is_recorded(
    cast, known, reader, django_assert_max_num_queries, django_assert_num_queries
):
    client = reader(cast.karl)
    client.get(url(known))
    with django_assert_max_num_queries(40) as one:
        client.get(url(known))
    for number in range(4):
        make_promise(known, cast.karl, state="kept", settled_on=DAY)
        by = make_user(f"Old {number}", "kam")
        Judgement.objects.create(account=known, value=25, day=DAY, by=by)
    refresh_health(day=DAY)
    with django_assert_num_queries(len(one)):
        client.get(url(known))


def weights(**fields) -> dict:
    start = {"orders": 40, "relationship": 30, "service": 0, "money": 0, "plan": 20, "voice": 10}
    return start | {"note": "Nothing else is recorded", "seen": ""} | fields


def test_a_director_tries_weights_on_the_largest_accounts_and_adopts_them(cast, known, reader):
    client = reader(cast.dora)
    page = without_tokens(client.get("/kpi/health/")).replace("\xa0", " ")
    assert known.name in page and "The history of scores begins on 31 Mar 2026." in page
    part = client.get("/kpi/health/", weights(), headers=PART)
    (trial,) = part.context["trials"]
    assert (trial.before, trial.after, trial.confidence) == (820, 860, 90)
    assert "<html" not in part.content.decode()
    assert client.post("/kpi/health/adopt/", weights()).url == "/kpi/health/"
    assert HealthWeights.objects.get().weights == [40, 30, 0, 0, 20, 10]
    assert "Nothing else is recorded" in without_tokens(client.get("/kpi/health/"))


@pytest.mark.parametrize("wrong", [{"orders": 41}, {"note": ""}, {"plan": "x"}, {"seen": 7}])
def test_weights_that_are_none_are_told_and_not_adopted(cast, known, reader, wrong):
    answer = reader(cast.dora).post("/kpi/health/adopt/", weights(**wrong))
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not HealthWeights.objects.exists()


def test_a_trial_of_weights_that_are_none_says_so_and_shows_those_in_force(cast, known, reader):
    part = reader(cast.dora).get("/kpi/health/", weights(orders=41), headers=PART)
    assert "Together they make 101" in part.content.decode()
    assert part.context["trials"][0].after == 820


def test_the_weights_are_the_director_s(cast, known, reader):
    for user in (cast.karl, cast.anna, cast.adam, cast.sam):
        assert reader(user).get("/kpi/health/").status_code == 404
        assert reader(user).post("/kpi/health/adopt/", weights()).status_code == 404


def test_the_record_is_told_with_its_n(cast, known, reader):
    figures = {
        "lead": 90, "n": 120, "lost": 20, "dropped": 4, "flagged": 40, "hits": 18,
        "auc": 0.834, "auc_low": 0.71, "red": 400, "amber": None,
    }  # fmt: skip
    HealthRecord.objects.create(
        day=DAY, leads={"90": figures}, red=400, version="health-1", made_at=timezone.now()
    )
    text = without_tokens(reader(cast.dora).get("/kpi/health/"))
    assert "Of 120 accounts with a score 90 days before, 20 ordered nothing since" in text
    assert "40 had been below 50: 18 of them were right." in text
    assert "0.83, surely above 0.71" in text and "The record carries colour" in text
    assert keep_record(day=DAY) is None


def test_as_many_queries_for_one_account_tried_as_for_ten(
    cast, known, reader, django_assert_max_num_queries, django_assert_num_queries
):
    client = reader(cast.dora)
    client.get("/kpi/health/")
    with django_assert_max_num_queries(60) as one:
        client.get("/kpi/health/", weights(), headers=PART)
    for _number in range(3):
        make_whole(make_account(), cast.karl)
    refresh_health(day=DAY)
    with django_assert_num_queries(len(one)):
        client.get("/kpi/health/", weights(), headers=PART)
