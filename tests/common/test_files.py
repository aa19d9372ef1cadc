import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from accounts.models import File
from common.files import FOLDER, delete_orphans, served, stored_name
from hiring.models import Candidate, CandidateFile


def stored(content: bytes = b"x", *, hours: int = 0) -> str:
    name = default_storage.save(stored_name(None, "../../etc/passwd"), ContentFile(content))
    then = (timezone.now() - dt.timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(name), (then, then))
    return name


def test_nothing_of_the_senders_name_gets_into_the_path():
    name = stored_name(None, "../../../evil.php")
    assert name.startswith("files/") and name.count("/") == 1
    assert len(name) == len("files/") + 32


@pytest.mark.django_db
def test_only_bytes_that_no_table_names_and_that_are_not_fresh_go():
    kept, fresh, orphan = stored(hours=48), stored(), stored(hours=48)
    cv = {"content_type": "text/plain", "size": 1, "sha256": "", "content": kept}
    CandidateFile.objects.create(candidate=Candidate.objects.create(name="Ada"), name="cv", **cv)
    delete_orphans(now=timezone.now())
    assert [default_storage.exists(name) for name in (kept, fresh, orphan)] == [True, True, False]
    assert default_storage.listdir(FOLDER)[1]


@pytest.mark.django_db  # the end of an answer looks after the connection
def test_a_download_is_never_shown_run_or_kept():
    name = stored(b"<script>alert(1)</script>")
    file = File(name='Jürgen "v1"\r\nX: 1.html', content=name, content_type="text/html")
    answer = served(file)
    assert answer["Content-Disposition"].startswith(
        "attachment; filename*=UTF-8''J%C3%BCrgen%20%22v1"
    )
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_bytes_that_are_gone_are_not_found():
    with pytest.raises(Http404):
        served(File(name="a.txt", content="files/nowhere", content_type="text/plain"))
