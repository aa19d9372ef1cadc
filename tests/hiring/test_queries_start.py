"""What waits for whom: start pages, the digest, the number beside Hiring."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common import formats
from hiring.choices import OfferState, StageKind
from hiring.models import (
    CallEntry,
    CallList,
    Finding,
    KnockOut,
    Need,
    Offer,
    Probation,
    Question,
    RejectReason,
)
from hiring.queries.start import director, hiring_of, news, waiting
from hiring.queries.start.trials import trial_lines
from people.models import company_day
from tests.hiring.test_models_need import FIELDS
from tests.recruiting import (
    DAY,
    HOUR,
    make_candidacy,
    make_candidate,
    make_observer,
    make_session,
    make_sheet,
    make_vacancy,
)
from tests.trials import make_probation, put_on_probation

pytestmark = pytest.mark.django_db
NAME = "Polina Secret"


def person(vacancy, **fields):
    return make_candidacy(vacancy, make_candidate(NAME), **fields)


def make_offer(vacancy, maker, **fields):
    row = person(vacancy, stage=StageKind.OFFER)
    today = timezone.localdate()
    return Offer.objects.create(
        candidacy=row, title="KAM", grade=2, salary=100, currency="EUR", starts_on=today,
        expires_at=timezone.now() + DAY, language="en", made_by=maker, **fields,
    )  # fmt: skip


def make_finding(vacancy):
    question = Question.objects.create(vacancy=vacancy, kind="yes_no")
    reason = RejectReason.objects.create(code=f"r{question.pk}")
    rule = KnockOut.objects.create(
        question=question, operator="is", value=True, reason=reason, explanation="It is a must"
    )
    return Finding.objects.create(rule=rule, candidacy=person(vacancy), verdict="fails")


def test_scorecards_of_a_session_are_owed_in_one_line(cast, vacancy):
    past = timezone.now() - 2 * DAY
    session = make_session(vacancy, starts_at=past)
    for _ in range(3):
        make_sheet(person(vacancy), cast.ivan, kind="session", session=session, held_at=past)
    make_sheet(person(vacancy), cast.ivan, held_at=timezone.now() - HOUR)
    make_sheet(person(vacancy), cast.ivan, held_at=timezone.now() + DAY)
    make_sheet(person(vacancy), cast.karl, held_at=past)
    first, second = hiring_of(cast.ivan)["owed"]
    assert first.sentence == "3 scorecards are not in yet: group interview"
    assert first.url.endswith(f"/sessions/{session.pk}/cockpit/") and first.is_late
    assert second.number == 1 and not second.is_late
    assert NAME not in f"{first}{second}"


def test_a_scorecard_that_is_in_or_past_its_window_is_not_owed(cast, vacancy):
    now = timezone.now()
    make_sheet(person(vacancy), cast.ivan, held_at=now - DAY, submitted_at=now)
    make_sheet(person(vacancy), cast.ivan, held_at=now - 15 * DAY)
    assert hiring_of(cast.ivan)["owed"] == []


def test_the_next_session_is_told_with_its_place(cast, vacancy):
    now = timezone.now()
    for starts_at, more in (
        (now + 3 * DAY, {"place": "Nevsky 10"}),
        (now - HOUR, {"state": "running", "title": "First stream"}),
        (now + DAY, {"state": "cancelled"}),
        (now - 3 * DAY, {"state": "finished"}),
    ):
        make_observer(make_session(vacancy, starts_at=starts_at, **more), cast.karl)
    running, ahead = hiring_of(cast.karl)["meetings"]
    assert running.is_running and running.title == "First stream"
    assert (ahead.place, ahead.title, ahead.is_running) == ("Nevsky 10", "KAM north", False)
    assert hiring_of(cast.kim)["meetings"] == []


def put_on_list(vacancy, row, **fields):
    call_list = CallList.objects.get_or_create(vacancy=vacancy)[0]
    return CallEntry.objects.create(list=call_list, candidacy=row, **fields)


def test_calls_due_today_are_counted_by_vacancy(cast, vacancy):
    now = timezone.now()
    put_on_list(vacancy, person(vacancy), is_callback=True)
    put_on_list(vacancy, person(vacancy))
    put_on_list(vacancy, person(vacancy), due_at=now + 2 * DAY)
    put_on_list(vacancy, person(vacancy), state="done")
    put_on_list(vacancy, person(vacancy, state="withdrawn", ended_at=now))
    (line,) = waiting.calls(cast.rita, now)
    assert (line.figure, line.sentence, line.evidence) == (
        "2", "KAM north", "1 was promised a call",
    )  # fmt: skip


def test_decisions_are_rules_offers_and_those_who_wait(cast, vacancy):
    now = timezone.now()
    make_finding(vacancy)
    make_offer(vacancy, cast.rita, state=OfferState.APPROVED)
    make_vacancy("Ready", recruiter=cast.rita, state="approved")
    make_vacancy("Back", recruiter=cast.rita, state="draft", refusal="Too dear")
    person(vacancy, entered_at=now - 20 * DAY)
    lines = waiting.decisions(cast.rita, now)
    assert [line.sentence for line in lines] == [
        "Failing a rule: confirm or keep them",
        "An approved offer waits to be sent",
        "Approved, not published yet",
        "Sent back to you",
        "Waiting too long in a stage",
    ]
    assert NAME not in str(lines)


def test_applications_are_new_since_the_last_working_day(cast, vacancy):
    monday = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    assert waiting.last_time(monday) == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    person(vacancy, applied_at=monday - 2 * DAY)
    person(vacancy, applied_at=monday - 5 * DAY)
    (line,) = waiting.applications(monday)
    assert (line.figure, line.sentence) == ("1", "KAM north")


def test_a_director_approves_what_others_proposed(cast, vacancy):
    make_vacancy("Asked", recruiter=cast.rita, state="proposed", proposed_by=cast.rita)
    make_vacancy("Own", recruiter=cast.rita, state="proposed", proposed_by=cast.dora)
    make_offer(vacancy, cast.rita, state=OfferState.PROPOSED)
    assert [line.evidence for line in director.approvals(cast.dora, company_day())] == [
        "Asked",
        "KAM north",
    ]
    assert waiting.standing() == {"open": 1, "waiting": 2, "held": 0}


def test_all_of_hiring_that_a_director_reads_is_one_query(cast, vacancy, django_assert_num_queries):
    make_vacancy("Held", recruiter=cast.rita, state="held")
    Need.objects.create(vacancy=vacancy, **FIELDS)
    person(vacancy)
    director.hiring_now(cast.dora, company_day())
    with django_assert_num_queries(1):
        found = director.hiring_now(cast.dora, company_day())
    assert found.vacancies == {"open": 1, "held": 1}
    assert sum(found.people.values()) == 1
    assert found.asked == "KAM north"


def test_the_number_beside_hiring_is_what_waits_for_the_reader(cast, vacancy):
    make_finding(vacancy)
    make_vacancy("Asked", recruiter=cast.rita, state="proposed", proposed_by=cast.rita)
    make_sheet(person(vacancy), cast.ivan, held_at=timezone.now() - HOUR)
    for user, number in ((cast.rita, 1), (cast.dora, 1), (cast.ivan, 1), (cast.karl, 0)):
        rows = news.waiting_rows(user).values()
        assert sum(one.count() for one in rows) == number


def test_the_digest_names_vacancies_and_no_candidate(cast, vacancy):
    make_finding(vacancy)
    put_on_list(vacancy, person(vacancy))
    make_sheet(person(vacancy), cast.ivan, held_at=timezone.now() - HOUR)
    session = make_session(vacancy, starts_at=timezone.now() + dt.timedelta(minutes=1))
    make_observer(session, cast.ivan)
    day = timezone.localdate(session.starts_at)
    told = [
        news.hiring_due(cast.rita, day), news.scorecards_due(cast.ivan, day),
        news.sessions_ahead(cast.ivan, day),
    ]  # fmt: skip
    assert all(section.items for section in told)
    assert NAME not in str(told) and "KAM north" in str(told)
    assert news.hiring_due(cast.karl, day) is None
    assert news.scorecards_due(cast.karl, day) is None


def test_a_recruiters_page_asks_the_same_for_one_and_for_many(cast, vacancy):
    assert cast.rita.roles
    counts = []
    for _round in range(2):
        for _ in range(4):
            make_finding(vacancy)
            put_on_list(vacancy, person(vacancy))
            make_offer(vacancy, cast.rita, state=OfferState.SENT)
            make_session(vacancy)
        with CaptureQueriesContext(connection) as queries:
            waiting.recruiter_page(cast.rita)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_trials_wait_for_recruiters_and_directors_until_they_are_answered_and_again_at_the_end(
    cast,
):
    put_on_probation(cast.kim)
    row = make_probation(cast, "empty", starts_on=company_day())
    told = [
        (line.sentence, line.evidence, line.url) for line in trial_lines(cast.rita, company_day())
    ]
    assert told == [
        ("On probation, without a plan", "Kim", "/hiring/probations/new/"),
        ("A probation plan is not offered yet", f"Karl, first day {formats.day(row.starts_on)}",
         f"/hiring/probations/{row.pk}/plan/"),
    ]  # fmt: skip
    lines = director.approvals(cast.dora, company_day())
    assert set(told) <= {(line.sentence, line.evidence, line.url) for line in lines}

    Probation.objects.filter(pk=row.pk).update(state="offered")
    assert "newcomer's word" in trial_lines(cast.rita, company_day())[1].sentence
    Probation.objects.filter(pk=row.pk).update(state="running")
    assert len(trial_lines(cast.rita, row.ends_on)) == 1
    assert trial_lines(cast.dora, row.ends_on)[1].label == "Decide"
    assert len(trial_lines(cast.dora, row.starts_on)) == 1
