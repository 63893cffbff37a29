import pytest

from flows.store.judging import Corrections, Seen, Verdict, half, is_known, judge

RAIN, SNOW = half("0a" * 32), half("0b" * 32)
SEEN = Seen(version=1, original=RAIN, content=RAIN, run=7)


@pytest.mark.parametrize(
    ("seen", "content", "run", "corrections", "verdict"),
    [
        (None, RAIN, 7, "append", "new"),
        (None, RAIN, 7, "ignore", "new"),
        (SEEN, RAIN, 7, "append", "unchanged"),
        (SEEN, RAIN, 8, "append", "unchanged"),
        (SEEN, SNOW, 7, "append", "duplicate"),
        (SEEN, SNOW, 7, "ignore", "duplicate"),
        (SEEN, SNOW, 8, "append", "updated"),
        (SEEN, SNOW, 8, "ignore", "ignored"),
        (SEEN, SNOW, 8, "refuse", "duplicate"),
        (SEEN, RAIN, 8, "refuse", "unchanged"),
    ],
)
def test_a_document_is_judged_by_what_the_store_knows_of_its_id(
    seen: Seen | None, content: bytes, run: int, corrections: Corrections, verdict: Verdict
) -> None:
    assert judge(seen, content, run, corrections) == verdict


def test_the_same_text_under_a_corrected_headline_is_the_next_version_in_a_later_run() -> None:
    verdicts = [
        judge(seen, RAIN, run, corrections, is_retitled=True)
        for seen, run, corrections in (
            (None, 8, "append"),
            (SEEN, 7, "append"),
            (SEEN, 8, "append"),
            (SEEN, 8, "ignore"),
        )
    ]
    assert verdicts == ["new", "unchanged", "updated", "ignored"]


def test_only_the_same_original_under_the_same_id_is_known() -> None:
    assert is_known(SEEN, RAIN)
    assert not is_known(SEEN, SNOW)
    assert not is_known(None, RAIN)


def test_half_a_digest_is_sixteen_bytes() -> None:
    assert half("0a" * 16 + "0b" * 16) == b"\x0a" * 16
