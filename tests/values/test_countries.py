"""Countries have one name each, by which people look for them, wherever it is told."""

from tracker.values.countries import countries, name_of


def test_a_country_is_called_as_people_call_it() -> None:
    called = {"CHN": "China", "RUS": "Russia", "KOR": "South Korea", "PRK": "North Korea", "IRN": "Iran"}

    assert {code: name_of(code) for code in called} == called
    assert [of.name for of in countries().values() if "Republic of" in of.name and "," in of.name] == []


def test_former_states_have_codes() -> None:
    former = {"DDR": ("DDDE", 1990), "CSK": ("CSHH", 1993), "YUG": ("YUCS", 2003), "SUN": ("SUHH", 1992)}

    assert {code: (countries()[code].other_code, countries()[code].until) for code in former} == former
    assert {code: name_of(code) for code in former} == {
        "DDR": "East Germany", "CSK": "Czechoslovakia", "YUG": "Yugoslavia", "SUN": "Soviet Union",
    }  # fmt: skip
    assert countries()["ATF"].until == 0  # a code that ISO gave up, and gave out again


def test_what_is_no_code_stays_as_it_is() -> None:
    assert (name_of("XXX"), name_of(""), name_of(None)) == ("XXX", "", "")


def test_no_two_countries_share_a_name_or_code() -> None:
    all_names, others = zip(*((of.name, of.other_code) for of in countries().values()), strict=True)
    assert len({*all_names}) == len({*others}) == len(countries()) > 270
