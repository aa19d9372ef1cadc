import pytest

from hiring.queries.task_notices import HANDED_IN, THIRD_NEEDED
from people.commands import tell
from people.queries import news
from tests.recruiting import make_candidacy, make_home_task, make_vacancy


@pytest.mark.parametrize("kind", [HANDED_IN, THIRD_NEEDED])
def test_the_bell_names_the_code_to_recruiters(cast, kind):
    task = make_home_task(make_candidacy(make_vacancy()))
    for user in (cast.rita, cast.ivan):
        tell(user=user, kind=kind, target=task, cause=f"task:{task.pk}")
    assert task.code in news(cast.rita)[0].news[0].sentence
    assert news(cast.ivan) == []
