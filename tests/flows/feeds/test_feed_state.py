from datetime import UTC, datetime, timedelta

import msgspec

from flows.feeds.feed import Hints
from flows.feeds.feed_state import FeedState, after_answer, after_failure
from flows.fetching.results import Failed, Fetched, Reason, Request, Unchanged

URL = "https://harbour.example/world.xml"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOURLY = Hints(seconds=3600)
REQUEST = Request(url=URL)
FETCHED = Fetched(request=REQUEST, url=URL, status=200, headers=(), content=b"", etag='"2"', last_modified="Wed")
BEFORE = FeedState(url=URL, etag='"1"', changed=NOON - 10 * HOUR, failures=2, reason="dns", detail="no address")


def test_a_feed_that_was_never_asked_is_due_and_one_that_is_gone_never() -> None:
    assert FeedState(url=URL).is_due(NOON)
    assert not FeedState(url=URL, due=NOON + HOUR).is_due(NOON)
    assert not FeedState(url=URL, is_off=True).is_due(NOON)


def test_a_feed_that_was_asked_by_a_clock_that_was_ahead_is_due() -> None:
    """It was silent until that time had come."""
    assert FeedState(url=URL, asked=NOON + 700 * HOUR, due=NOON + 701 * HOUR).is_due(NOON)


def test_a_feed_with_news_keeps_its_etag_and_is_due_at_once() -> None:
    state = after_answer(BEFORE, FETCHED, NOON, hints=Hints(), is_new=True, is_done=True)
    assert state == FeedState(
        url=URL, etag='"2"', last_modified="Wed", asked=NOON, succeeded=NOON, changed=NOON, due=NOON
    )


def test_a_feed_whose_articles_are_not_all_done_keeps_none_and_is_due_whatever_it_says() -> None:
    state = after_answer(BEFORE, FETCHED, NOON, hints=HOURLY, is_new=True, is_done=False)
    assert (state.etag, state.last_modified, state.due) == (None, None, NOON)


def test_a_feed_with_too_many_entries_keeps_none_and_is_due_as_ever() -> None:
    state = after_answer(BEFORE, FETCHED, NOON, hints=HOURLY, is_new=True, is_done=True, left_out=3)
    assert (state.etag, state.last_modified, state.due, state.left_out) == (None, None, NOON + HOUR, 3)


def test_what_was_left_alone_as_too_old_is_remembered_as_long_as_the_etag_is() -> None:
    state = after_answer(BEFORE, FETCHED, NOON, hints=Hints(), is_new=True, is_done=True, since=NOON.date())
    assert (state.etag, state.since) == ('"2"', NOON.date())
    unchanged = Unchanged(request=REQUEST, url=URL)
    assert after_answer(state, unchanged, NOON, hints=None, is_new=False, is_done=True).since == NOON.date()
    assert after_answer(state, FETCHED, NOON, hints=None, is_new=False, is_done=True).since is None


def test_an_unchanged_feed_keeps_what_it_said_and_rests_for_a_tenth_of_its_quiet() -> None:
    unchanged = Unchanged(request=REQUEST, url=URL)
    state = after_answer(BEFORE, unchanged, NOON, hints=None, is_new=False, is_done=True)
    assert (state.etag, state.changed, state.due) == ('"1"', BEFORE.changed, NOON + HOUR)
    hourly = msgspec.structs.replace(BEFORE, hints=HOURLY, changed=NOON)
    assert after_answer(hourly, unchanged, NOON, hints=None, is_new=False, is_done=True).due == NOON + HOUR


def test_25_a_permanent_redirect_is_followed_from_now_on() -> None:
    moved = msgspec.structs.replace(FETCHED, moved_to=f"{URL}2")
    assert after_answer(BEFORE, moved, NOON, hints=Hints(), is_new=True, is_done=True).url == f"{URL}2"


def test_a_failure_leaves_what_is_known_and_counts() -> None:
    failed = Failed(request=REQUEST, url=URL, moved_to=f"{URL}2", reason=Reason.SERVER_ERROR, detail="503")
    state = after_failure(BEFORE, NOON, reason="server_error", detail="503", failed=failed)
    assert (state.url, state.etag, state.failures, state.reason) == (URL, '"1"', 3, "server_error")
    assert state.due == NOON + timedelta(minutes=10)
    assert not state.is_off


def test_28_a_feed_that_is_gone_is_switched_off() -> None:
    failed = Failed(request=REQUEST, url=URL, reason=Reason.GONE, detail="410")
    assert after_failure(BEFORE, NOON, reason="gone", detail="410", failed=failed).is_off


def test_what_is_no_feed_is_a_failure_of_no_request() -> None:
    state = after_failure(FeedState(url=URL), NOON, reason="not_a_feed", detail="html")
    assert (state.failures, state.due, state.succeeded) == (1, NOON, None)
