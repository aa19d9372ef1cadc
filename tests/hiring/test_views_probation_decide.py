"""The decision in the browser: by whom, with which dates, and what the file lacks."""

import datetime as dt

import pytest

from accounts.models import HandoverPlan
from people.models import company_day
from tests.cast import make_cast, signed_in
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    row.goals.update(must=False)
    return row


def url(trial, part: str = "") -> str:
    return f"/hiring/probations/{trial.pk}/decide/{part}"


def test_lead_and_directors_decide_and_nobody_else(cast, trial):
    for user in (cast.lena, cast.dora):
        assert signed_in(user).get(url(trial)).status_code == 200
    for user in (cast.karl, cast.kim, cast.rita, cast.anna):
        assert signed_in(user).get(url(trial)).status_code == 404
        assert signed_in(user).post(url(trial, "pass/")).status_code == 404


def test_what_the_file_lacks_stands_beside_the_choice(cast, trial):
    told = signed_in(cast.lena).get(url(trial)).content.decode()
    assert "the reasons rest on words alone" in told
    assert "Call it off" not in told
    assert "Call it off" in signed_in(cast.dora).get(url(trial)).content.decode()


def test_passed(cast, trial):
    answer = signed_in(cast.lena).post(url(trial, "pass/"), {"pass-reasons": ""}, follow=True)
    trial.refresh_from_db()
    assert trial.state == "passed" and "Passed on" in answer.content.decode()


def test_a_goal_that_was_not_reached_asks_for_reasons(cast, trial):
    trial.goals.update(must=True)
    client = signed_in(cast.lena)
    answer = client.post(url(trial, "pass/"), {"pass-reasons": ""})
    assert answer.status_code == 422 and "Not reached" in answer.content.decode()
    client.post(url(trial, "pass/"), {"pass-reasons": "The season"})
    trial.refresh_from_db()
    assert trial.state == "passed" and trial.reasons == "The season"


def test_extended(cast, trial):
    to = trial.ends_on + 14 * DAY
    sent = {"extend-to": to.isoformat(), "extend-reasons": "A late start"}
    answer = signed_in(cast.lena).post(url(trial, "extend/"), sent, follow=True)
    trial.refresh_from_db()
    assert trial.ends_on == to and "A late start" in answer.content.decode()


def test_beyond_the_limit_is_refused_with_the_last_day(cast, trial):
    sent = {"extend-to": (trial.ends_on + 400 * DAY).isoformat(), "extend-reasons": "More"}
    answer = signed_in(cast.lena).post(url(trial, "extend/"), sent)
    assert answer.status_code == 422 and "limit noted for this country" in answer.content.decode()
    assert 'name="extend-reasons"' in answer.content.decode() and "More" in answer.content.decode()


def test_not_passed_with_its_dates(cast, trial):
    today = company_day()
    sent = {
        "fail-notice_on": today.isoformat(), "fail-leaves_on": today.isoformat(),
        "fail-reasons": "Late on six days",
    }  # fmt: skip
    client = signed_in(cast.lena)
    answer = client.post(url(trial, "fail/"), sent)
    assert answer.status_code == 422 and "or later" in answer.content.decode()
    sent["fail-leaves_on"] = (today + 10 * DAY).isoformat()
    told = client.post(url(trial, "fail/"), sent, follow=True).content.decode()
    trial.refresh_from_db()
    assert trial.state == "failed" and "Late on six days" in told


@pytest.mark.parametrize("state", ["empty", "offered", "running"])
def test_called_off_by_directors_only_from_any_open_state(cast, state):
    trial = make_probation(cast, state, starts_on=company_day())
    address = f"/hiring/probations/{trial.pk}/call-off/"
    assert signed_in(cast.lena).post(address, {"reasons": "No"}).status_code == 404
    client = signed_in(cast.dora)
    part = "plan/" if state == "empty" else "decide/" if state == "running" else ""
    assert address in client.get(f"/hiring/probations/{trial.pk}/{part}").content.decode()
    assert ("go back today" in client.get(address).content.decode()) is (state == "running")
    assert client.post(address, {"reasons": " "}).status_code == 422
    told = client.post(address, {"reasons": "Reorganised"}, follow=True).content.decode()
    trial.refresh_from_db()
    assert trial.state == "cancelled" and "Called off on" in told and "Reorganised" in told
    assert client.get(address).status_code == 404


def test_a_goal_in_own_words_is_judged(cast, trial):
    goal = trial.goals.create(kind="free", title="Manners")
    address = f"/hiring/probations/goals/{goal.pk}/judge/"
    assert signed_in(cast.karl).get(address).status_code == 404
    client = signed_in(cast.lena)
    assert client.post(address, {"judged": "no", "note": ""}).status_code == 422
    client.post(address, {"judged": "yes", "note": "Seen on three visits"})
    goal.refresh_from_db()
    assert goal.judged is True
    client.post(address, {"judged": "", "note": ""})
    goal.refresh_from_db()
    assert goal.judged is None


def test_after_passing_the_director_is_led_to_the_plan(cast, trial):
    signed_in(cast.lena).post(url(trial, "pass/"), {"pass-reasons": ""})
    client, page = signed_in(cast.dora), f"/hiring/probations/{trial.pk}/"
    assert f"/handovers/plan/new/?to_user={cast.karl.pk}" in client.get(page).content.decode()
    assert "/handovers/plan/new/" not in signed_in(cast.lena).get(page).content.decode()
    client.post(f"{page}handovers/")
    plan = HandoverPlan.objects.create(to_user=cast.karl, starts_on=company_day())
    assert "Note it as what follows" in client.get(page).content.decode()
    client.post(f"{page}handovers/")
    trial.refresh_from_db()
    assert trial.handover_plan == plan
    assert "Key accounts follow one by one" in signed_in(cast.karl).get(page).content.decode()


def test_the_file_on_paper(cast, trial):
    told = signed_in(cast.lena).get(f"/hiring/probations/{trial.pk}/print/").content.decode()
    assert "Turnover, first talks, manners." in told and "Alder" in told
    assert "Newcomer: date, signature" in told and "Not decided yet." in told
    assert "Alder" not in signed_in(cast.rita).get(
        f"/hiring/probations/{trial.pk}/print/"
    ).content.decode()  # fmt: skip
