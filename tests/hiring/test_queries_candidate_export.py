import io
import json
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from hiring.models import Candidate, CandidateAccess, CandidateFile, CandidateNote, CandidateReach
from hiring.queries.candidate_export import LEFT_OUT, PERSON, TOLD, candidate_archive
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def reaches_candidate(model, seen=()) -> bool:
    """Whether a chain of links within hiring leads from this table to the candidate."""
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model not in (model, *seen):
            target = field.related_model
            inside = target._meta.app_label == "hiring"
            if target is Candidate or (inside and reaches_candidate(target, (*seen, model))):
                return True
    return False


def test_every_table_that_leads_to_a_candidate_is_told_or_left_out_for_a_reason():
    tables = {
        model._meta.model_name
        for model in apps.get_app_config("hiring").get_models()
        if model is not Candidate and not model._meta.auto_created and reaches_candidate(model)
    }
    assert tables == {model._meta.model_name for model in TOLD} | set(LEFT_OUT)


def test_every_field_of_the_person_is_told_or_ours():
    ours = {
        "id", "plain_employer", "plain_name", "plain_other", "search_text", "referred_by", "user",
        "merged_into", "brought_by", "version", "created_by",
    }  # fmt: skip
    fields = {field.name for field in Candidate._meta.concrete_fields}
    assert fields == set(PERSON) | ours


def test_the_archive_holds_data_and_files_and_names_no_colleague():
    cast = make_cast()
    row = make_candidacy(make_vacancy("A vacancy"))
    person = row.candidate
    CandidateReach.objects.create(candidate=person, kind="email", value="a@b.org", normal="a@b.org")
    CandidateNote.objects.create(candidate=person, text="A strong one", author=cast.rita)
    CandidateAccess.objects.create(candidate=person, actor=cast.rita, act="viewed")
    for number, name in enumerate(("cv.PDF", "../../x", "a.<b>")):
        file = CandidateFile(candidate=person, name=name, content_type="x", size=1, sha256="")
        file.content.save("x", ContentFile(f"bytes {number}".encode()))
    archive = zipfile.ZipFile(io.BytesIO(candidate_archive(person)))
    assert sorted(archive.namelist()) == ["data.json", "files/1", "files/2", "files/3.pdf"]
    data = json.loads(archive.read("data.json"))
    assert data["basics"]["email"] == "a@b.org"
    assert data["candidacy"][0]["vacancy__title"] == "A vacancy"
    assert data["candidatenote"][0]["text"] == "A strong one"
    assert data["seen_by"][0]["role"] == ["recruiter"]
    assert "Rita" not in archive.read("data.json").decode()


def test_a_file_whose_bytes_are_gone_does_not_stop_the_rest():
    make_cast()
    person = make_candidacy(make_vacancy()).candidate
    file = CandidateFile(candidate=person, name="cv.pdf", content_type="x", size=1, sha256="")
    file.content.save("x", ContentFile(b"x"))
    file.content.storage.delete(file.content.name)
    archive = zipfile.ZipFile(io.BytesIO(candidate_archive(person)))
    assert archive.namelist() == ["data.json"]
