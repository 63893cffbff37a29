from collections import Counter

from cleaners.remembering import remembered


def test_a_short_line_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: Counter[str] = Counter()

    @remembered
    def is_long(line: str) -> bool:
        asked[line] += 1
        return len(line) > 100

    menu, story = "Home", "Rain fell on Friday. " * 20
    assert [is_long(line) for line in (menu, story, menu, story)] == [False, True, False, True]
    assert asked == {menu: 1, story: 2}
