from hiring.rules.candidate_columns import guess_columns


def test_columns_are_guessed_in_four_languages_each_once():
    assert guess_columns(("ФИО", "E-Mail", "телефон", "Employer", "Puesto", "Name", "x")) == {
        "name": "ФИО", "email": "E-Mail", "phone": "телефон", "employer": "Employer",
        "title": "Puesto",
    }  # fmt: skip


def test_what_stands_in_brackets_is_no_part_of_a_name():
    assert guess_columns(("Опыт (лет)", "Телефон (моб.)")) == {
        "years_in_sales": "Опыт (лет)", "phone": "Телефон (моб.)",
    }  # fmt: skip
