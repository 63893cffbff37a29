import pytest

from flows.pages.metadata.people import in_order, is_desk, is_somebody, names_in, outlet_in


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("By Jane Doe", ["Jane Doe"]),
        ("Author Jane Doe", ["Jane Doe"]),
        ("Jane Doe (jad)", ["Jane Doe"]),
        ("Jane Doe und Tom Brill, dpa", ["Jane Doe", "Tom Brill"]),
        ("jane@example.org (Jane Doe)", []),
        ("Jane Doe jane@example.org", ["Jane Doe"]),
        ("Jane Doe, Senior Reporter", ["Jane Doe"]),
        ("Jane Doe Updated 10 March 2019", ["Jane Doe"]),
        ("Jane Doe | Medically reviewed by Tom Brill", ["Jane Doe"]),
        ("신현주 기자", ["신현주"]),
        ("jane@example.org", []),
        ("https://example.org/jane", []),
        ("www.example.org", []),
        ("105092", []),
        ("admin", []),
        ("", []),
    ],
)
def test_names_are_people_s_without_what_stands_beside_them(text: str, people: list[str]) -> None:
    assert list(names_in([text])[0]) == people


def test_agencies_are_no_people() -> None:
    people, agencies = names_in(["Jane Doe; Reuters", "REUTERS"])
    assert (people, [agency.name for agency in agencies]) == (("Jane Doe",), ["Reuters"])


def test_each_is_named_once_and_no_more_than_there_can_be() -> None:
    assert names_in(["Jane Doe", "JANE DOE"])[0] == ("Jane Doe",)
    many = [f"Jane {first}{second}oe" for first in "ABCDEFGH" for second in "abcdefgh"]
    assert len(names_in(many)[0]) == 30


def test_an_outlet_is_named_as_it_stands() -> None:
    assert outlet_in(["https://example.org", "42", "Example.org"]) == "Example.org"
    assert outlet_in(["", "null"]) is None


@pytest.mark.parametrize("name", ["The Example Team", "Web Desk", "Newsdesk"])
def test_a_desk_is_known_by_its_last_word(name: str) -> None:
    assert is_desk(name)
    assert not is_desk(f"{name} says")


@pytest.mark.parametrize("name", ["x", "Log in", "12", "@jane", "Create an Account", "a" * 61])
def test_furniture_is_nobody(name: str) -> None:
    assert not is_somebody(name)


@pytest.mark.parametrize(
    ("name", "spoken"), [("Doe, Jane A.", "Jane A. Doe"), ("Jane Doe", "Jane Doe"), ("A, B, C", "A, B, C")]
)
def test_a_catalogue_s_name_is_turned_round(name: str, spoken: str) -> None:
    assert in_order(name) == spoken
