from hiring.commands.candidate_plan import country_codes, source_words


def test_countries_and_sources_are_known_in_every_language():
    codes, words = country_codes(), source_words()
    assert codes["germany"] == codes["германия"] == codes["alemania"] == codes["de"] == "DE"
    assert words["hh.ru"] == words["hh"] == "hh" and words["linkedin"] == "linkedin"
