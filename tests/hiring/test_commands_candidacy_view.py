import pytest

from common.errors import RuleBroken
from hiring.commands import candidacy_view as commands
from hiring.models import Vacancy
from hiring.queries.pipeline.listing import saved_views
from people.models import SavedView
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def save(cast, vacancy, **more):
    given = {"actor": cast.rita, "vacancy_id": vacancy.pk, "name": "Slow", "query": "stale=1"}
    return commands.save_candidacy_view(**{**given, **more})


def test_a_view_is_kept_under_its_name_and_renewed_by_it(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    first = save(cast, vacancy)
    assert save(cast, vacancy, query="source=hh", name=" Slow ") == first
    assert saved_views(cast.rita, vacancy)[0].query == "source=hh"
    assert saved_views(cast.rita, make_vacancy()) == []


def test_colleagues_see_what_is_shared_and_delete_only_their_own(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    view = save(cast, vacancy)
    assert saved_views(cast.dora, vacancy) == []
    save(cast, vacancy, shared=True)
    assert saved_views(cast.dora, vacancy) == [view]
    with pytest.raises(SavedView.DoesNotExist):
        commands.delete_candidacy_view(actor=cast.dora, view_id=view.pk)
    commands.delete_candidacy_view(actor=cast.rita, view_id=view.pk)
    assert not SavedView.objects.exists()


def test_a_view_needs_a_name_and_a_vacancy_one_may_see(cast):
    vacancy = make_vacancy(recruiter=cast.rita, state="draft")
    with pytest.raises(RuleBroken):
        save(cast, vacancy, name="  ")
    with pytest.raises(Vacancy.DoesNotExist):
        save(cast, vacancy, actor=cast.karl)
