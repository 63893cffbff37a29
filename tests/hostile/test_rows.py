"""Rows 1 to 30 of the faults a fetcher meets; each ends in time and memory, with one reason, inside the fence."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from flows.fetching.results import Failed, Fetched, Outcome, Reason, Unchanged
from tests.hostile.misbehaving import brotli_bomb, empty_members, gzip_bomb, zstd_bomb
from tests.hostile.names import Names
from tests.hostile.serving import Hostile

pytestmark = pytest.mark.slow

Attempt = Callable[..., Outcome]
DEADLINE = 3.0

# Row: where, and the reason. {canary} and the like are ports; what is after a blank is quoted into a redirect.
FAILING = {
    "row_01_refused": ("http://hostile.test:{refused}/", Reason.REFUSED),
    "row_02_dns": ("http://missing.test/", Reason.DNS),
    "row_02_dns_no_address": ("http://nowhere.test/", Reason.DNS),
    "row_02_dns_slow": ("http://slow.test/", Reason.DEADLINE),
    "row_02_dns_label_too_long": (f"http://{'a' * 70}.test/", Reason.DNS),
    "row_03_tls_unknown_authority": ("https://hostile.test:{bad_tls}/html", Reason.TLS),
    "row_03_tls_wrong_name": ("https://other.test:{tls}/html", Reason.TLS),
    "row_03_tls_at_plain_http": ("https://hostile.test:{http}/html", Reason.TLS),
    "row_04_slow_headers": ("/slow_headers", Reason.DEADLINE),
    "row_05_slow_body": ("/slow_body", Reason.DEADLINE),
    "row_06_reset": ("/reset", Reason.CONNECTION_LOST),
    "row_06_reset_in_body": ("/reset/body", Reason.CONNECTION_LOST),
    "row_07_short_chunked": ("/short_chunked", Reason.TRUNCATED),
    "row_07_bad_chunk": ("/bad_chunk", Reason.NOT_HTTP),
    "row_08_short_body": ("/short_body", Reason.TRUNCATED),
    "row_10_truncated_gzip": ("/encoded/gzip/gzip_cut", Reason.TRUNCATED),
    "row_10_truncated_br": ("/encoded/br/br_cut", Reason.TRUNCATED),
    "row_10_truncated_zstd": ("/encoded/zstd/zstd_cut", Reason.TRUNCATED),
    "row_11_wrong_gzip_header": ("/encoded/gzip/plain", Reason.BAD_ENCODING),
    "row_11_wrong_br_header": ("/encoded/br/plain", Reason.BAD_ENCODING),
    "row_11_wrong_zstd_header": ("/encoded/zstd/plain", Reason.BAD_ENCODING),
    "row_11_unknown_encoding": ("/encoded/rot13/plain", Reason.BAD_ENCODING),
    "row_12_gzip_bomb": ("/encoded/gzip/gzip_bomb", Reason.TOO_LARGE),
    "row_12_br_bomb": ("/encoded/br/br_bomb", Reason.TOO_LARGE),
    "row_12_zstd_bomb": ("/encoded/zstd/zstd_bomb", Reason.TOO_LARGE),
    "row_13_gzip_in_gzip": ("/encoded/gzip, gzip/gzip_gzip_bomb", Reason.TOO_LARGE),
    "row_13_empty_members": ("/encoded/gzip, gzip/empty_members", Reason.DEADLINE),
    "row_13_gzip_many_times": ("/encoded/gzip, gzip, gzip, gzip/gzip", Reason.BAD_ENCODING),
    "row_14_endless_body": ("/endless", Reason.TOO_LARGE),
    "row_14_endless_chunks": ("/endless/chunked", Reason.TOO_LARGE),
    "row_14_endless_announced": ("/announced", Reason.TOO_LARGE),
    "row_15_header_flood": ("/header_flood", Reason.TOO_LARGE),
    "row_16_flood_of_103": ("/flood_103", Reason.TOO_LARGE),
    "row_17_not_http_ssh": ("/raw/SSH-2.0-OpenSSH_9.6%0D%0A", Reason.NOT_HTTP),
    "row_17_not_http_a_page": ("/raw/%3Chtml%3Eold%3C/html%3E", Reason.NOT_HTTP),
    "row_17_not_http_bad_status": ("/raw/HTTP%2F1.1%20abc%20OK%0D%0A%0D%0A", Reason.NOT_HTTP),
    "row_17_not_http_binary": ("/raw/%00%01%FF%FE", Reason.NOT_HTTP),
    "row_17_another_protocol": ("/raw/HTTP%2F1.1%20101%20Go%0D%0AUpgrade:%20x%0D%0A%0D%0A", Reason.NOT_HTTP),
    "row_18_empty_reply": ("/empty", Reason.CONNECTION_LOST),
    "row_19_loop_to_itself": ("/to/302/ /to/302/itself", Reason.REDIRECT_LOOP),
    "row_19_loop_of_two": ("/ping", Reason.REDIRECT_LOOP),
    "row_19_too_many": ("/hops/0", Reason.REDIRECT_LOOP),
    "row_20_to_file": ("/to/302/ file:///etc/passwd", Reason.BAD_URL),
    "row_20_to_gopher": ("/to/302/ gopher://hostile.test:70/1", Reason.BAD_URL),
    "row_20_to_data": ("/to/301/ data:text/html,news", Reason.BAD_URL),
    "row_20_to_javascript": ("/to/307/ javascript:alert(1)", Reason.BAD_URL),
    "row_20_to_nowhere": ("/to/302/", Reason.BAD_URL),
    "row_20_to_a_bad_port": ("/to/302/ http://hostile.test:99999/", Reason.BAD_URL),
    "row_20_to_a_bad_host": ("/to/302/ http://exa%20mple.test/", Reason.BAD_URL),
    "row_21_private_by_redirect": ("/to/302/ http://127.0.0.1:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_21_private_by_name": ("/to/308/ http://inside.test:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_21_one_address_of_two": ("http://mixed.test:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_21_metadata_service": ("/to/302/ http://169.254.169.254/latest/", Reason.FORBIDDEN_ADDRESS),
    "row_23_short": ("http://127.1:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_decimal": ("http://2130706433:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_hexadecimal": ("/to/302/ http://0x7f000001:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_octal": ("/to/302/ http://0177.0.0.1:{canary}/", Reason.BAD_URL),  # httpx2 refuses leading zeros
    "row_23_octal_whole": ("http://017700000001:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_final_dot": ("http://127.0.0.1.:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_all_zeros": ("http://0:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_mapped": ("/to/302/ http://[::ffff:127.0.0.1]:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_ipv6": ("/to/302/ http://[::1]:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_nat64": ("http://[64:ff9b::7f00:1]:{canary}/", Reason.FORBIDDEN_ADDRESS),
    "row_23_zone": ("http://[fe80::1%25lo]:{canary}/", Reason.BAD_URL),
    "row_23_circled_digits": ("http://①②⑦.0.0.1:{canary}/", Reason.BAD_URL),
    "row_24_password": ("http://user:secret@hostile.test:{http}/html", Reason.BAD_URL),
    "row_24_user": ("http://user@hostile.test:{http}/html", Reason.BAD_URL),
    "row_24_password_by_redirect": ("/to/302/ http://a:b@127.0.0.1:{canary}/", Reason.BAD_URL),
    "row_24_backslash": ("http://hostile.test:{http}\\@127.0.0.1:{canary}/", Reason.BAD_URL),
    "row_26_304_unasked": ("/status/304", Reason.SERVER_ERROR),
    "row_27_429_seconds": ("/status/429/120", Reason.DEFERRED),
    "row_27_429_without": ("/status/429", Reason.DEFERRED),
    "row_27_503_with_retry_after": ("/status/503/30", Reason.DEFERRED),
    "row_27_500_with_retry_after": ("/status/500/30", Reason.DEFERRED),
    "row_27_502_with_retry_after": ("/status/502/30", Reason.DEFERRED),
    "row_27_404_with_retry_after": ("/status/404/30", Reason.CLIENT_ERROR),
    "row_28_410": ("/status/410", Reason.GONE),
    "row_29_500": ("/status/500", Reason.SERVER_ERROR),
    "row_29_503": ("/status/503", Reason.SERVER_ERROR),
    "row_29_503_with_nonsense": ("/status/503/soon", Reason.SERVER_ERROR),
    "row_29_404": ("/status/404", Reason.CLIENT_ERROR),
    "row_29_part": ("/status/206", Reason.TRUNCATED),
}  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _packed() -> None:
    """The bombs are built before anything is measured."""
    for build in (gzip_bomb, brotli_bomb, zstd_bomb, empty_members):
        build()


def _url(hostile: Hostile, text: str) -> str:
    if text.startswith("/"):
        path, _, location = text.partition(" ")
        if path.startswith("/encoded/"):
            path, location = quote(text), ""
        elif text.startswith("/raw"):
            location = ""
        return hostile.url(path + quote(location.format(**hostile.ports), safe=""))
    return text.format(**hostile.ports)


@pytest.mark.parametrize("row", FAILING)
def test_fails_with_one_reason(hostile: Hostile, attempt: Attempt, row: str) -> None:
    text, reason = FAILING[row]
    url = _url(hostile, text)
    outcome = attempt(url, deadline=0.5 if reason is Reason.DEADLINE else DEADLINE)
    assert isinstance(outcome, Failed), outcome
    assert (outcome.reason, outcome.request.url, outcome.moved_to) == (reason, url, None), outcome.detail
    assert outcome.detail
    assert outcome.detail.isprintable()
    assert "secret" not in outcome.detail


def test_row_09_longer_than_its_length(hostile: Hostile, attempt: Attempt) -> None:
    outcome = attempt(hostile.url("/long_body"))
    assert isinstance(outcome, Fetched)
    assert outcome.content == b"hello"


def test_row_16_a_few_103(hostile: Hostile, attempt: Attempt) -> None:
    outcome = attempt(hostile.url("/few_103"))
    assert isinstance(outcome, Fetched)
    assert outcome.content == b"after hints"


def test_row_22_rebinding(hostile: Hostile, attempt: Attempt, names: Names) -> None:
    """The second time the name leads to the canary: a kept connection is no danger, a new one is refused."""
    url = f"http://rebind.test:{hostile.ports['http']}/html/first"
    assert isinstance(attempt(url), Fetched)
    outcome = attempt(url)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.FORBIDDEN_ADDRESS
    assert names.asked == ["rebind.test", "rebind.test"]


@pytest.mark.parametrize(
    ("statuses", "stored"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), False), ((307, 301), False)],
)
def test_row_25_moved_for_good(
    hostile: Hostile, attempt: Attempt, statuses: tuple[int, ...], *, stored: bool
) -> None:
    path = "/html/there"
    for status in reversed(statuses):
        path = f"/to/{status}/{quote(path, safe='')}"
    outcome = attempt(hostile.url(path))
    there = hostile.url("/html/there")
    assert isinstance(outcome, Fetched)
    assert (outcome.url, outcome.moved_to) == (there, there if stored else None)


def test_row_25_downgrade_is_followed_but_not_for_good(hostile: Hostile, attempt: Attempt) -> None:
    target = hostile.url("/html/plain")
    outcome = attempt(hostile.url("/to/301/" + quote(target, safe=""), "tls"))
    assert isinstance(outcome, Fetched)
    assert (outcome.url, outcome.moved_to) == (target, None)


def test_row_26_unchanged(hostile: Hostile, attempt: Attempt) -> None:
    first = attempt(hostile.url("/etag"))
    assert isinstance(first, Fetched)
    assert (first.etag, first.last_modified) == ('"v1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    assert isinstance(attempt(hostile.url("/etag"), etag=first.etag), Unchanged)


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [("120", 120), ("99999999999", 604800), ("Mon, 01 Jan 2001 00:00:00 GMT", 0),
     ("Fri, 31 Dec 9999 23:59:59 GMT", 604800),
     ("-5", None), ("1.5", None), ("²", None)],
)  # fmt: skip
def test_row_27_retry_after_is_read_and_bounded(
    hostile: Hostile, attempt: Attempt, wait: str, seconds: float | None
) -> None:
    outcome = attempt(hostile.url("/status/429/" + quote(wait)))
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.status, outcome.retry_after) == (Reason.DEFERRED, 429, seconds)


def test_row_30_a_page_at_200(hostile: Hostile, attempt: Attempt) -> None:
    outcome = attempt(hostile.url("/html/oops"))
    assert isinstance(outcome, Fetched)
    assert (outcome.status, outcome.content) == (200, b"<html>oops</html>")
    assert outcome.header("content-type") == "text/html"
