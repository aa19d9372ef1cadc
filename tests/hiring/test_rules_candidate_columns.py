from hiring.rules.candidate_columns import guess_columns


def test_columns_are_guessed_in_four_languages_each_once():
    assert guess_columns(("ФИО", "E-Mail", "телефон", "Employer", "Puesto", "Name", "x")) == {
        "name": "ФИО", "email": "E-Mail", "phone": "телефон", "employer": "Employer",
        "title": "Puesto",
    }  # fmt: skip
