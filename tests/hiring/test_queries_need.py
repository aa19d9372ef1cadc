import datetime as dt

from hiring.models import HiringSettings, Need, Probation
from hiring.queries.need import gap_answers, need_of, need_under_way, outcomes
from tests.hiring.test_models_need import FIELDS
from tests.recruiting import make_vacancy

DAY = dt.date(2026, 1, 5)


def decided(user, state: str) -> Probation:
    return Probation.objects.create(
        user=user, state=state, grade=2, starts_on=DAY, ends_on=DAY + dt.timedelta(days=28),
        country="DE",
    )  # fmt: skip


def test_own_outcomes_stand_over_the_company_s_figure(cast):
    HiringSettings.objects.create(pk=1, attrition_percent=25)
    decided(cast.karl, "passed")
    decided(cast.kim, "failed")
    decided(cast.lena, "cancelled")
    found = outcomes()
    assert (found.passed, found.failed) == (1, 1)
    assert (found.stayed, found.left) == (1 + 7.5, 1 + 2.5)


def test_more_certainty_asks_for_more_hires_and_invitations(cast):
    answers = gap_answers({1: 1.0})
    assert [one.certainty for one in answers] == [80, 90, 95]
    hires = [one.hires for one in answers]
    assert hires == sorted(hires) and hires[0] >= 3
    assert all(one.invited > one.hires for one in answers)


def test_no_gap_needs_nobody(cast):
    assert [(one.hires, one.invited) for one in gap_answers({0: 1.0})] == [(0, 0)] * 3


def test_the_weak_start_of_invitations_is_two_of_five_and_two_or_three_of_eight(cast):
    answer = gap_answers({1: 1.0})[0]
    assert (round(answer.came, 2), round(answer.taken, 4)) == (0.4, 0.3125)


def test_a_need_is_under_way_until_its_vacancy_ends(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    need = Need.objects.create(vacancy=vacancy, **FIELDS)
    assert need_under_way(cast.dora) == need == need_of(vacancy)
    assert need_under_way(cast.karl) is None
    vacancy.state = "closed"
    vacancy.save()
    assert need_under_way(cast.dora) is None
