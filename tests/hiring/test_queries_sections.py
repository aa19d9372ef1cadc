import pytest

from hiring.queries import sections
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def current(tabs: list[dict]) -> list[str]:
    return [tab["label"] for tab in tabs if tab["is_current"]]


def test_rooms_have_addresses_that_answer_and_one_is_the_readers_own(cast, client):
    vacancy = make_vacancy(recruiter=cast.rita)
    for user in (cast.rita, cast.dora):
        client.force_login(user)
        tabs = sections.section_tabs(user, "profiles")
        assert current(tabs) == ["Profiles"]
        rooms = sections.vacancy_tabs(vacancy, user, "advert")
        assert current(rooms) == ["Advert"]
        for tab in [*tabs, *rooms]:
            assert client.head(tab["url"]).status_code == 200, tab["url"]


def test_a_director_has_no_rooms_where_recruiters_work(cast):
    labels = {tab["label"] for tab in sections.vacancy_tabs(make_vacancy(), cast.dora, "")}
    assert "Advert" in labels and "Stages" not in labels and "Calls" not in labels


@pytest.mark.parametrize("who", ["karl", "ivan", "adam", "sam"])
def test_others_have_none(cast, who):
    user = getattr(cast, who)
    assert sections.section_tabs(user, "") == []
    assert sections.vacancy_tabs(make_vacancy(), user, "") == []
