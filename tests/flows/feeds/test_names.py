import pytest

from flows.feeds.names import name_of, names_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Example", "Ann Example"),
        ("ann@courier.example (Ann Example)", "Ann Example"),
        ("Ann Example <ann@courier.example>", "Ann Example"),
        ("Ann Example (ann@courier.example)", "Ann Example"),
        ("mailto:ann@courier.example", None),
        ("ann@courier.example", None),
        ("(Ann Example)", "Ann Example"),
        ("Ann Example (Reuters-to-be)", "Ann Example (Reuters-to-be)"),
        ('<a href="/ann">Ann &amp; Ben</a>', "Ann & Ben"),
        ("https://courier.example/ann", None),
        ("  \n", None),
    ],
)
def test_a_name_is_left_of_what_a_feed_writes(text: str, name: str | None) -> None:
    assert name_of(text) == name


def test_each_name_is_told_once() -> None:
    assert names_of(["Ann", "ANN", None, 3, "Ben"]) == ("Ann", "Ben")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jo Lin and Max Roe", ("Jo Lin", "Max Roe")),
        ("Karen Oduya, Lee Chan and Ravi Menon", ("Karen Oduya", "Lee Chan", "Ravi Menon")),
        ("Example and Sons Press Office", ("Example and Sons Press Office",)),
    ],
)
def test_names_in_one_are_told_apart_where_that_is_sure(text: str, names: tuple[str, ...]) -> None:
    assert names_of([text]) == names
