import datetime as dt

import pytest

from people import rules
from people.choices import Role


def test_the_rules_know_every_role():
    assert set(Role.values) == rules.EVERY_ROLE


@pytest.mark.parametrize(
    ("roles", "may_not"),
    [
        ({"director"}, set()),
        ({"administrator"}, {"director"}),
        ({"administrator", "kam"}, {"director"}),
        ({"kam"}, rules.EVERY_ROLE),
        ({"recruiter", "assistant", "interviewer"}, rules.EVERY_ROLE),
        (set(), rules.EVERY_ROLE),
    ],
)
def test_nobody_gives_a_role_above_their_own(roles, may_not):
    assert rules.grantable_roles(frozenset(roles)) == rules.EVERY_ROLE - may_not


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        ({"director"}, {"director"}, True),
        ({"director"}, {"administrator"}, True),
        ({"administrator"}, {"kam", "administrator"}, True),
        ({"administrator"}, {"director", "kam"}, False),
        ({"administrator"}, set(), True),
        ({"kam"}, set(), False),
    ],
)
def test_who_manages_whom(mine, theirs, may):
    assert rules.may_manage(frozenset(mine), frozenset(theirs)) is may


@pytest.mark.parametrize(
    ("now", "seen", "over"),
    [(3600, 0, False), (3601, 0, True), (43200, 43199, False), (43201, 43200, True)],
)
def test_a_session_ends_idle_or_old(now, seen, over):
    assert (
        rules.is_session_over(now=now, started=0, seen=seen, idle_seconds=3600, age_seconds=43200)
        is over
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Lindqvist", "AL"),
        ("Мария Верещагина-Климова", "МК"),
        ("Ёлкин", "Ё"),
        ("karl@example.org", "KO"),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert rules.initials(name) == letters


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU) Version/17.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko Firefox/131.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browsers_have_names(agent, name):
    assert rules.device_name(agent) == name


@pytest.mark.parametrize(
    ("start", "to", "was", "refusal"),
    [
        (0, 1, None, None),
        (-31, 1, None, None),
        (-32, 1, None, "long_past"),
        (3, 3, None, "no_length"),
        (0, 732, None, "too_long"),
        (5, 9, (3, 7), None),
        (-1, 9, (3, 7), "past"),
        (-3, 0, (-3, 7), None),  # back today
        (-3, -1, (-3, 7), "past"),
        (-2, 7, (-3, 7), "begun"),
        (-9, 7, (-9, 0), "over"),
    ],
)
def test_days_of_an_absence(start, to, was, refusal):
    today = dt.date(2026, 3, 2)

    def on(days):
        return today + dt.timedelta(days=days)

    found = rules.absence_refusal(
        start=on(start), to=on(to), today=today, was=was and (on(was[0]), on(was[1]))
    )
    assert found == refusal
