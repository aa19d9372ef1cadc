from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.commands.benchmark import install_benchmarks
from hiring.commands.competency import install_competencies
from hiring.models import Competency, PayBenchmark, Profile
from tests.recruiting import make_profile, make_vacancy

pytestmark = pytest.mark.django_db
FORM = {
    "name": "KAM, food", "grade": 2, "seniority": "middle", "clients": "big", "works": "alone",
    "pay_currency": "RUB", "must_haves": "Three years in B2B\nOwn results", "knock_outs": "",
}  # fmt: skip


def test_a_profile_is_written_with_weights_and_read(rita):
    install_competencies()
    first, second = Competency.objects.all()[:2]
    weights = {f"weight_{first.pk}": "30", f"weight_{second.pk}": "10"}
    commission = {"commission_en": "5 % of deals", "commission_ru": " "}
    answer = rita.post("/hiring/profiles/new/", FORM | weights | commission)
    profile = Profile.objects.get()
    assert answer.url == f"/hiring/profiles/{profile.pk}/"
    page = rita.get(answer.url).content.decode()
    assert profile.commissions == {"en": "5 % of deals"} and "5 % of deals" in page
    assert "Own results" in page and "75%" in page.replace("\xa0", "").replace(" ", "")
    assert first.anchor(5) in page


def test_changed_weights_and_commissions_stand_in_the_history(rita):
    install_competencies()
    first, second = Competency.objects.all()[:2]
    weights = {f"weight_{first.pk}": "30", f"weight_{second.pk}": "10"}
    rita.post("/hiring/profiles/new/", FORM | weights)
    url = f"/hiring/profiles/{Profile.objects.get().pk}/"
    given = weights | {f"weight_{first.pk}": "40", "commission_en": "5 % of deals"}
    rita.post(f"{url}edit/", FORM | given | {"version": 1})
    page = rita.get(url).content.decode()
    assert f"<del>{first} 30</del>" in page and f"<ins>{first} 40</ins>" in page
    assert "<dt>Weight</dt>" in page
    assert "<dt>Commission in words</dt>" in page


def test_the_benchmark_stands_beside_the_pay_and_says_how_old_it_is(rita):
    install_benchmarks()
    profile = make_profile(
        pay_from=Decimal(90_000), pay_to=Decimal(110_000), pay_currency="RUB", grade=2
    )
    make_vacancy(profile=profile, city="Санкт-Петербург")
    page = rita.get(f"/hiring/profiles/{profile.pk}/").content.decode()
    assert "above what is paid" in page and "11 years old" in page and "April 2015" in page
    assert "how many salaries is not known" in page
    other = rita.get(f"/hiring/profiles/{profile.pk}/?city=Moscow&experience=two").content.decode()
    assert "lies within what is paid" in other


def test_the_benchmark_answers_while_a_vacancy_is_typed(rita):
    install_benchmarks()
    typed = {"city": "казань", "pay_from": "30 000", "pay_to": "30000", "pay_currency": "RUB"}
    page = rita.post("/hiring/pay/beside/", typed | {"profile": make_profile().pk})
    assert "below what is paid" in page.content.decode()
    page = rita.post("/hiring/pay/beside/", {"city": "Lyon", "pay_from": "x"}).content.decode()
    assert "No salary figure for Lyon in" in page


def test_two_editors_meet(rita, cast):
    rita.post("/hiring/profiles/new/", FORM)
    url = f"/hiring/profiles/{Profile.objects.get().pk}/edit/"
    one = rita.get(url).context
    stands = {"version": one["version"], "seen": one["seen"]}
    assert rita.post(url, FORM | stands | {"duties": "Theirs"}).status_code == 302
    answer = rita.post(url, FORM | stands | {"name": "Mine"})
    assert answer.status_code == 409 and "Theirs" in answer.content.decode()
    form = answer.context["form"]
    assert form["name"].value() == "Mine" and form["duties"].value() == "Theirs"


def test_a_profile_is_copied_put_away_and_found(rita):
    profile = make_profile("KAM, packaging")
    rita.post(f"/hiring/profiles/{profile.pk}/copy/")
    assert Profile.objects.count() == 2
    rita.post(f"/hiring/profiles/{profile.pk}/archive/")
    assert "KAM, packaging (copy)" in rita.get("/hiring/profiles/?q=pack").content.decode()
    put_away = rita.get("/hiring/profiles/?scope=archived").content.decode()
    assert "KAM, packaging" in put_away and "(copy)" not in put_away
    rita.post(f"/hiring/profiles/{profile.pk}/restore/")
    assert "No profile is found" in rita.get("/hiring/profiles/?q=zzz").content.decode()


def test_the_linter_reads_a_profile_as_it_is_typed(rita):
    page = rita.post("/hiring/profiles/check/", {"knock_outs": "Не старше 40 лет\nЖенат"})
    assert "Не старше 40" in page.content.decode() and "Женат" in page.content.decode()


def test_lists_cost_the_same_for_one_and_for_many(rita, django_assert_max_num_queries):
    make_profile()
    rita.get("/hiring/profiles/")
    with django_assert_max_num_queries(10) as few:
        rita.get("/hiring/profiles/")
    for _number in range(9):
        make_vacancy(profile=make_profile())
    with django_assert_max_num_queries(len(few)):
        rita.get("/hiring/profiles/")


def test_competencies_are_brought_worded_retired_and_brought_back(rita):
    assert "No competencies yet" in rita.get("/hiring/competencies/").content.decode()
    rita.post("/hiring/competencies/install/")
    row = Competency.objects.get(code="analysis")
    url = f"/hiring/competencies/{row.pk}/"
    form = rita.get(url).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    answer = rita.post(url, values | {"en_name": "Reckoning", "version": row.version})
    assert answer.status_code == 302 and Competency.objects.get(pk=row.pk).name == "Reckoning"
    met = rita.post(url, values | {"version": row.version, "ru_name": "Счёт"})
    assert met.status_code == 409 and "Reckoning" in met.content.decode()
    assert ("en", "Reckoning") in [(one["lang"], one["theirs"]) for one in met.context["rows"]]
    rita.post(f"{url}retire/")
    assert Competency.objects.get(pk=row.pk).retired_at
    rita.post(f"{url}restore/")
    assert Competency.objects.get(pk=row.pk).retired_at is None
    assert rita.post("/hiring/competencies/new/", {"group": "skill"}).status_code == 422


def test_figures_are_brought_entered_corrected_and_removed(rita):
    assert "No salary figures yet" in rita.get("/hiring/pay/").content.decode()
    rita.post("/hiring/pay/install/")
    page = rita.get("/hiring/pay/?city=Kazan&employer=company").content.decode()
    assert "58,000" in page and "April 2015" in page
    own = {"city": "Kazan", "country": "RU", "employer": "company", "experience": "two",
           "low": "90000", "high": "120000", "currency": "RUB", "on": "2026-01-31",
           "sample_size": "40", "origin": "Own survey"}  # fmt: skip
    rita.post("/hiring/pay/new/", own)
    row = PayBenchmark.objects.get(is_shipped=False)
    rita.post(f"/hiring/pay/{row.pk}/", own | {"low": "95000"})
    row.refresh_from_db()
    assert row.low == 95_000
    assert "Own survey" in rita.get("/hiring/pay/?own=1").content.decode()
    assert rita.post("/hiring/pay/new/", own | {"low": "1e9"}).status_code == 422
    rita.post(f"/hiring/pay/{row.pk}/remove/")
    assert not PayBenchmark.objects.filter(is_shipped=False).exists()


def test_a_file_is_shown_before_it_is_kept(rita):
    text = "city;from;to;as of;n\nKazan;90000;130000;2026-10-01;48\nUfa;much;1;2026-10-01;1\n"
    file = SimpleUploadedFile("pay.csv", text.encode())
    answer = rita.post("/hiring/pay/import/", {"file": file})
    page = answer.content.decode()
    assert "1 row can be taken" in page and "much" in page and "This is not a number" in page
    assert not PayBenchmark.objects.exists()
    rita.post("/hiring/pay/import/", {"rows": answer.context["sealed"], "name": "pay.csv"})
    assert PayBenchmark.objects.get().sample_size == 48
    rita.post("/hiring/pay/import/", {"rows": "made up", "name": "pay.csv"})
    assert PayBenchmark.objects.count() == 1


def test_a_file_that_is_no_table_says_what_to_do(rita):
    file = SimpleUploadedFile("pay.csv", b"a;b\n1;2\n")
    answer = rita.post("/hiring/pay/import/", {"file": file})
    assert answer.status_code == 422 and "must name the columns" in answer.content.decode()
    assert rita.get("/hiring/pay/example.csv").status_code == 200
