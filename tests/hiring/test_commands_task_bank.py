import pytest

from common.errors import RuleBroken
from hiring.commands.task_bank import create_task, mark_leaked, retire_task, write_version
from hiring.models import TestTask, TestTaskVersion
from tests.recruiting import make_candidacy, make_home_task, make_vacancy


@pytest.fixture
def task(cast):
    return create_task(
        actor=cast.rita, names={"en": "A client is lost"}, texts={"en": "They call.", "ru": " "},
        kind="loss", place="home", hours=48, minutes=20,
    )  # fmt: skip


def write(cast, task, text, **fields):
    return write_version(actor=cast.rita, task_id=task.pk, texts={"en": text}, **fields)


def test_a_task_begins_with_its_first_version(task):
    version = task.versions.get()
    assert (version.number, version.texts) == (1, {"en": "They call."})


def test_nobody_was_given_it_so_it_is_worded_anew(cast, task):
    assert write(cast, task, "They write.").number == 1
    assert task.versions.get().texts == {"en": "They write."}


def test_what_was_sent_is_never_edited(cast, task):
    sent = task.versions.get()
    make_home_task(make_candidacy(make_vacancy()), version=sent)
    assert write(cast, task, "They call.").number == 1  # the same words
    assert write(cast, task, "They write.").number == 2
    sent.refresh_from_db()
    assert sent.texts == {"en": "They call."}


def test_what_is_known_outside_is_followed_by_a_new_version(cast, task):
    version = mark_leaked(actor=cast.rita, version_id=task.versions.get().pk)
    assert version.leaked_at
    assert write(cast, task, "They write.").number == 2
    assert mark_leaked(actor=cast.rita, version_id=version.pk, leaked=False).leaked_at is None


def test_a_task_needs_a_name_and_words(cast, task):
    with pytest.raises(RuleBroken):
        write(cast, task, "  ")
    for names, texts in (({"en": " "}, {"en": "Do"}), ({"en": "Task"}, {})):
        with pytest.raises(RuleBroken):
            create_task(actor=cast.rita, names=names, texts=texts, kind="loss", place="home")
    assert TestTask.objects.count() == 1


def test_only_recruiters_keep_the_bank(cast, task):
    for actor in (cast.dora, cast.ivan, cast.karl):
        with pytest.raises(TestTask.DoesNotExist):
            write_version(actor=actor, task_id=task.pk, texts={"en": "x"})
        with pytest.raises(TestTask.DoesNotExist):
            create_task(
                actor=actor, names={"en": "x"}, texts={"en": "x"}, kind="loss", place="home"
            )
        with pytest.raises(TestTask.DoesNotExist):
            retire_task(actor=actor, task_id=task.pk)
        with pytest.raises(TestTaskVersion.DoesNotExist):
            mark_leaked(actor=actor, version_id=task.versions.get().pk)


def test_retired_and_brought_back(cast, task):
    assert retire_task(actor=cast.rita, task_id=task.pk).retired_at
    assert retire_task(actor=cast.rita, task_id=task.pk, retired=False).retired_at is None
