import pytest

from flows.ingesting.wording import Likeness, likeness, wording

NOTICE = "An accident near the harbour bridge blocks two lanes of the A1; drivers have to wait for ten minutes."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (NOTICE, NOTICE.replace(" ", "\n"), Likeness.SAME),
        (NOTICE, NOTICE.replace("A1", "A9"), Likeness.RELATED),
        (NOTICE, f"{NOTICE} The police advise to go by train.", Likeness.RELATED),
        (NOTICE, "Sunshine everywhere, temperatures climb towards twenty degrees, gentle breeze.", Likeness.OTHER),
        (NOTICE, "Long queues at the bridge.", Likeness.FEW),
        ("Gone", "Gone", Likeness.SAME),
        ("月曜日の朝、島への唯一のフェリーが故障した。", "数百人の乗客は夕方まで港に取り残された。", Likeness.OTHER),
        (NOTICE, None, Likeness.UNKNOWN),
        (" ", "", Likeness.UNKNOWN),
        ("a lone \ud800 surrogate", "a lone \ud800 surrogate", Likeness.SAME),
    ],
)
def test_texts_are_alike_or_not(one: str, other: str | None, expected: Likeness) -> None:
    assert likeness(wording(one), wording(other)) is expected
    assert likeness(wording(other), wording(one)) is expected


def test_it_takes_few_bytes_however_long_the_text_is() -> None:
    written = wording(" ".join(f"{number:05} topics" for number in range(10_000)))
    assert written is not None
    assert len(written) == 4 + 2 * 32
