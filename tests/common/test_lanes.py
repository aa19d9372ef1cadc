"""Work done at the same time: on PostgreSQL beside each other, else one after the other."""

from threading import get_ident

import pytest
from django.db import connection

from common import dbops
from common.lanes import together
from common.models import Job


def make_job(name: str) -> None:
    Job.objects.create(name=name)


def fails(text: str):
    raise ValueError(text)


@pytest.mark.django_db(transaction=True)
def test_all_of_it_is_done_and_committed():
    together(lambda: make_job(name="one"), lambda: make_job(name="two"))
    assert set(Job.objects.values_list("name", flat=True)) == {"one", "two"}


@pytest.mark.django_db(transaction=True)
def test_one_waits_for_the_other_only_where_there_is_one_writer():
    threads = []
    together(*[lambda: threads.append(get_ident())] * 2)
    assert len(set(threads)) == (2 if dbops.is_postgres() else 1)


@pytest.mark.django_db
def test_within_a_transaction_the_others_see_what_it_wrote():
    make_job(name="one")
    seen = []
    together(lambda: None, lambda: seen.append(Job.objects.count()))
    assert (seen, connection.in_atomic_block) == ([1], True)


@pytest.mark.django_db(transaction=True)
def test_the_first_error_comes_out_when_all_have_ended():
    done = []
    with pytest.raises(ValueError, match="beside"):
        together(lambda: done.append(1), lambda: fails("beside"))
    with pytest.raises(ValueError, match="first"):
        together(lambda: fails("first"), lambda: done.append(2))
    assert done == ([1, 2] if dbops.is_postgres() else [1])
