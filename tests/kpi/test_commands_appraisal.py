"""Assessments: made by directors of others, read by the manager once shown."""

import datetime as dt

import pytest

from common.errors import RuleBroken
from kpi.commands.appraisal import assess_manager, share_appraisal
from kpi.models import Appraisal
from people.models import Event, company_day

pytestmark = pytest.mark.django_db


def assessed(actor, manager, **fields) -> Appraisal:
    today = company_day()
    return assess_manager(
        actor=actor, manager=manager,
        **{"first": today, "last": today, "mark": 4, "note": "Kept every promise", **fields},
    )  # fmt: skip


def test_a_manager_reads_it_once_shown_and_no_longer_when_hidden(cast):
    row = assessed(cast.dora, cast.karl)
    seen = Appraisal.objects.visible_to(cast.karl)
    assert not seen.exists()
    share_appraisal(actor=cast.dora, appraisal_id=row.pk, is_shared=True)
    assert seen.get() == row
    share_appraisal(actor=cast.dora, appraisal_id=row.pk, is_shared=False)
    assert not seen.exists()


def test_a_lead_reads_none(cast):
    row = assessed(cast.dora, cast.karl)
    share_appraisal(actor=cast.dora, appraisal_id=row.pk, is_shared=True)
    assert not Appraisal.objects.visible_to(cast.lena).exists()
    assert not Appraisal.objects.visible_to(cast.kim).exists()


def test_the_record_holds_neither_word_nor_note(cast):
    assessed(cast.dora, cast.karl)
    assert Event.objects.get(verb="appraisal.made").data == {}


@pytest.mark.parametrize(
    ("actor", "manager", "fields", "words"),
    [
        ("lena", "karl", {}, "Only a sales director"),
        ("dora", "dora", {}, "Nobody assesses"),
        ("dora", "karl", {"note": " "}, "rests on"),
        ("dora", "karl", {"last": dt.date(2020, 1, 1)}, "Choose days"),
    ],
)
def test_a_refusal_keeps_nothing(cast, actor, manager, fields, words):
    with pytest.raises(RuleBroken, match=words):
        assessed(getattr(cast, actor), getattr(cast, manager), **fields)
    assert not Appraisal.objects.exists()


def test_nobody_shows_the_appraisal_of_themselves(cast):
    today = company_day()
    row = Appraisal.objects.create(
        manager=cast.dora, by=cast.sam, first=today, last=today, mark=1, note="hidden"
    )
    with pytest.raises(Appraisal.DoesNotExist):
        share_appraisal(actor=cast.dora, appraisal_id=row.pk, is_shared=True)
