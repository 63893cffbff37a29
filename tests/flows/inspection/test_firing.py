"""Which phrases fire and which have stopped."""

from collections.abc import Callable

import msgspec

from cleaners.document import Kind, Removal
from flows.inspection.firing import Firings, Stopped
from flows.record import Record

RecordOf = Callable[..., Record]


def counted(record_of: RecordOf, rules: list[str], publisher: str | None = "paper.example") -> Firings:
    """Counts of records of one publisher, each with one rule, or with none where it is empty."""
    firings, plain = Firings(), record_of("Rain fell on Friday.")
    promo = Removal(
        start=0, end=1, text="R", kind=Kind.APP_PROMO, action="removed", fields=(), rule="", reason="a phrase"
    )
    for rule in rules:
        removed = (msgspec.structs.replace(promo, rule=rule),) if rule else ()
        firings.count(msgspec.structs.replace(plain, publisher=publisher, removed=removed))
    return firings


def test_a_phrase_that_fired_on_every_article_has_stopped_after_five_without(record_of: RecordOf) -> None:
    firings = counted(record_of, ["paper.example/app"] * 3 + [""] * 5)
    assert firings.stopped() == [Stopped("paper.example/app", "paper.example", fired=3, silent=5)]


def test_a_phrase_that_fired_on_one_article_in_ten_is_waited_for_longer(record_of: RecordOf) -> None:
    once_in_ten = ([""] * 9 + ["en/app"]) * 4
    assert counted(record_of, once_in_ten + [""] * 40).stopped() == []
    assert [each.silent for each in counted(record_of, once_in_ten + [""] * 50).stopped()] == [50]


def test_what_fired_twice_tells_nothing(record_of: RecordOf) -> None:
    assert counted(record_of, ["en/app"] * 2 + [""] * 100).stopped() == []


def test_other_publishers_articles_do_not_count(record_of: RecordOf) -> None:
    firings = counted(record_of, ["en/app"] * 3)
    for _ in range(100):
        firings.count(record_of("Rain fell on Friday.", publisher="other.example"))
    assert firings.stopped() == []


def test_steps_and_the_model_are_no_phrases(record_of: RecordOf) -> None:
    firings = counted(record_of, ["field:dateline", "model:1", "en/app"])
    assert firings.most() == {"en/app": 1}
