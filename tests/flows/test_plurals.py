from flows.plurals import counted


def test_one_thing_is_no_things() -> None:
    assert [counted(number, "feed") for number in (0, 1, 2_000)] == ["0 feeds", "1 feed", "2,000 feeds"]
    assert [counted(number, "entry", "entries") for number in (1, 3)] == ["1 entry", "3 entries"]
