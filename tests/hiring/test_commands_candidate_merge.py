import pytest
from django.core import serializers
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import RuleBroken
from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate, edit_candidate
from hiring.commands.candidate_merge import merge_candidates, undo_merge
from hiring.models import (
    Candidacy,
    Candidate,
    CandidateNote,
    CandidateReach,
    Letter,
)
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def merged(cast, one, other, **how):
    return merge_candidates(actor=cast.rita, survivor_id=one.pk, absorbed_id=other.pk, **how)


def test_blanks_are_filled_chosen_fields_taken_and_the_rest_stays(cast):
    one = create_candidate(name="Jo", city="Kiel", reaches=[("phone", "1234")])
    other = create_candidate(
        name="Joanna", city="Ulm", title="KAM", reaches=[("phone", "1234"), ("email", "j@x.de")]
    )
    merged(cast, one, other, taken=["name"])
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.name, one.city, one.title) == ("Joanna", "Kiel", "KAM")
    assert sorted(one.reaches.values_list("normal", flat=True)) == ["1234", "j@x.de"]
    assert other.merged_into == one and "j@x.de" in one.search_text
    assert list(Candidate.objects.present()) == [one]


def test_an_opt_out_of_either_holds(cast):
    early, late = timezone.now() - timezone.timedelta(days=1), timezone.now()
    one = make_candidate(wants_no_calls=late)
    merged(cast, one, make_candidate(wants_no_calls=early, wants_no_letters=late))
    one.refresh_from_db()
    assert (one.wants_no_calls, one.wants_no_letters) == (early, late)


@pytest.mark.parametrize("survivor_is_further", [True, False])
def test_of_two_candidacies_for_one_vacancy_the_further_goes_on(cast, survivor_is_further):
    vacancy, one, other = make_vacancy(), make_candidate(), make_candidate()
    stages = (StageKind.TASK, StageKind.CALL)
    mine, theirs = stages if survivor_is_further else stages[::-1]
    make_candidacy(vacancy, one, stage=mine)
    make_candidacy(vacancy, other, stage=theirs)
    merge = merged(cast, one, other)
    going = Candidacy.objects.get(candidate=one)
    assert (going.stage.kind, going.state) == (StageKind.TASK, "active")
    ended = Candidacy.objects.get(candidate=other)
    assert (ended.stage.kind, ended.state) == (StageKind.CALL, "withdrawn")
    last = ended.moves.last()
    assert (last.from_stage, last.to_stage, last.state) == (ended.stage, None, "withdrawn")
    assert (last.at, last.by) == (ended.ended_at, cast.rita)
    undo_merge(actor=cast.rita, merge_id=merge.pk)
    assert Candidacy.objects.get(candidate=one).stage.kind == mine
    assert Candidacy.objects.get(candidate=other).stage.kind == theirs
    assert set(Candidacy.objects.values_list("state", "ended_at")) == {("active", None)}
    last.refresh_from_db()
    assert last.undone_at


def test_a_letter_both_have_got_stays_where_it_is(cast):
    one, other = make_candidate(), make_candidate()
    for person in (one, other):
        Letter.objects.create(
            candidate=person, language="en", address="a@b.de", subject="x", body="x", cause="seat:1"
        )
    merged(cast, one, other)
    assert one.letters.count() == other.letters.count() == 1


def test_undo_keeps_what_was_changed_since(cast):
    one = make_candidate("Jo")
    merge = merged(cast, one, make_candidate("Joanna", city="Ulm", title="KAM"))
    one.refresh_from_db()
    edit_candidate(actor=cast.rita, candidate_id=one.pk, version=one.version, city="Kiel")
    undo_merge(actor=cast.rita, merge_id=merge.pk)
    one.refresh_from_db()
    assert (one.city, one.title) == ("Kiel", "")
    assert undo_merge(actor=cast.rita, merge_id=merge.pk).undone_at is not None


def test_what_was_merged_further_is_taken_apart_from_the_end(cast):
    a, b, c = (make_candidate(name) for name in "abc")
    first = merged(cast, b, a)
    second = merged(cast, c, b)
    with pytest.raises(RuleBroken):
        undo_merge(actor=cast.rita, merge_id=first.pk)
    undo_merge(actor=cast.rita, merge_id=second.pk)
    undo_merge(actor=cast.rita, merge_id=first.pk)
    assert Candidate.objects.present().count() == 3


def test_one_record_two_colleagues_and_others_people_are_refused(cast):
    one, other = make_candidate(user=cast.karl), make_candidate(user=cast.kim)
    for survivor, absorbed in ((one, one), (one, other)):
        with pytest.raises(RuleBroken):
            merged(cast, survivor, absorbed)
    with pytest.raises(Candidate.DoesNotExist):
        merge_candidates(actor=cast.dora, survivor_id=one.pk, absorbed_id=other.pk)


TEXT = st.sampled_from(["", "Kiel", "Ulm"])
PERSON = st.fixed_dictionaries(
    {
        "city": TEXT, "title": TEXT, "years_in_sales": st.sampled_from([None, 0, 3]),
        "reaches": st.sets(st.sampled_from(["1111", "2222", "3333"])),
        "vacancies": st.dictionaries(
            st.sampled_from([0, 1]), st.sampled_from([StageKind.CALL, StageKind.TASK])
        ),
        "notes": st.integers(0, 2),
    }
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=PERSON, other=PERSON, taken=st.sets(st.sampled_from(["city", "title"])))
def test_merging_and_undoing_changes_nothing(cast, one, other, taken):
    vacancies = [make_vacancy(), make_vacancy()]

    def write(told):
        person = create_candidate(
            name="Jo", city=told["city"], title=told["title"],
            years_in_sales=told["years_in_sales"],
            reaches=[("phone", number) for number in sorted(told["reaches"])],
        )  # fmt: skip
        for place, stage in told["vacancies"].items():
            make_candidacy(vacancies[place], person, stage=stage)
        for _n in range(told["notes"]):
            CandidateNote.objects.create(candidate=person, text="x")
        return person

    def state():
        hidden = ("version", "search_text")
        rows = [
            row
            for model in (Candidate, CandidateReach, Candidacy, CandidateNote)
            for row in serializers.serialize("python", model.objects.order_by("pk"))
        ]
        return [
            {k: v for k, v in row["fields"].items() if k not in hidden} | {"pk": row["pk"]}
            for row in rows
        ]

    first, second = write(one), write(other)
    before = state()
    merge = merged(cast, first, second, taken=taken)
    assert Candidacy.objects.filter(candidate=first).count() == len(
        set(one["vacancies"]) | set(other["vacancies"])
    )
    undo_merge(actor=cast.rita, merge_id=merge.pk)
    assert state() == before


def test_pay_is_taken_over_together_with_its_currency(cast):
    one = create_candidate(name="Jo", pay_wish=3_000, pay_currency="EUR")
    other = create_candidate(name="Jo B", pay_wish=200_000, pay_currency="RUB")
    merge = merge_candidates(
        actor=cast.rita, survivor_id=one.pk, absorbed_id=other.pk, taken=["pay_wish"]
    )
    one.refresh_from_db()
    assert (one.pay_wish, one.pay_currency) == (200_000, "RUB")
    undo_merge(actor=cast.rita, merge_id=merge.pk)
    one.refresh_from_db()
    assert (one.pay_wish, one.pay_currency) == (3_000, "EUR")
