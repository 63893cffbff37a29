"""Content encodings: whole, cut anywhere, wrong, or too much."""

import gzip
import itertools
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from flows.fetching.decoding import Decoder
from flows.fetching.faults import FaultError
from flows.fetching.results import Reason

Pack = Callable[[bytes], bytes]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, tuple[str, Pack]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstd.compress),
    "identity": ("identity", bytes),
    "none": ("", bytes),
}
packed = pytest.mark.parametrize("kind", [kind for kind in PACKERS if kind not in {"identity", "none"}])


def decode(encodings: str, *pieces: bytes, most: int = 10_000_000) -> bytes:
    decoder = Decoder(encodings, most)
    for piece in pieces:
        for _ in decoder.feed(piece):
            pass
    return decoder.finish()


def reason(encodings: str, *pieces: bytes, most: int = 10_000_000) -> Reason:
    with pytest.raises(FaultError) as raised:
        decode(encodings, *pieces, most=most)
    return raised.value.reason


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@given(
    data=st.binary(max_size=2000).map(lambda data: data * 50),
    kinds=st.lists(st.sampled_from(sorted(PACKERS)), max_size=3),
    places=st.lists(st.integers(min_value=0), max_size=12),
)
def test_what_was_packed_comes_back_however_it_is_cut_on_the_wire(
    data: bytes, kinds: list[str], places: list[int]
) -> None:
    wire = data
    for kind in kinds:
        wire = PACKERS[kind][1](wire)
    encodings = ", ".join(PACKERS[kind][0] for kind in kinds)
    assert decode(encodings, *cut(wire, places)) == data


@given(count=st.integers(min_value=0, max_value=300_000), kind=st.sampled_from(sorted(PACKERS)))
def test_no_length_is_lost_at_the_edge_of_a_piece(count: int, kind: str) -> None:
    name, pack = PACKERS[kind]
    assert decode(name, pack(bytes(count))) == bytes(count)


@packed
def test_every_cut_is_found(kind: str) -> None:
    name, pack = PACKERS[kind]
    wire = pack(b"The bridge was closed on Monday. " * 8)
    for end in range(1, len(wire)):
        assert reason(name, wire[:end]) is Reason.TRUNCATED, end
        assert reason(name, *cut(wire[:end], list(range(end)))) is Reason.TRUNCATED, end


@packed
def test_an_empty_body_is_empty(kind: str) -> None:
    assert decode(PACKERS[kind][0]) == b""


@packed
def test_what_is_not_packed_is_found(kind: str) -> None:
    assert reason(PACKERS[kind][0], b"<!doctype html><title>News</title>") is Reason.BAD_ENCODING


@packed
def test_too_much_is_found_before_it_is_unpacked(kind: str) -> None:
    name, pack = PACKERS[kind]
    wire = pack(bytes(1_000_000))
    assert len(decode(name, wire, most=1_000_000)) == 1_000_000
    assert reason(name, wire, most=999_999) is Reason.TOO_LARGE


def test_too_much_between_two_encodings_is_found() -> None:
    inner = zlib.compress(bytes(50_000_000), level=1)
    assert reason("deflate, gzip", gzip.compress(inner), most=200_000) is Reason.TOO_LARGE


@pytest.mark.parametrize("places", [[], [1], [-1], list(range(40))])
@pytest.mark.parametrize("kind", ["gzip", "zstd"])
def test_members_are_read_on_and_garbage_behind_them_is_not(kind: str, places: list[int]) -> None:
    name, pack = PACKERS[kind]
    first, second = pack(b"one "), pack(b"two")
    edges = [(place + len(first)) for place in places]
    assert decode(name, *cut(first + second, edges)) == b"one two"
    assert decode(name, *cut(first + b"\0\0\0garbage", edges)) == b"one "
    assert reason(name, first + second[:-1]) is Reason.TRUNCATED


def test_bytes_behind_br_are_an_error_wherever_they_come() -> None:
    wire = brotli.compress(b"news")
    assert reason("br", wire + b"x") is Reason.BAD_ENCODING
    assert reason("br", wire, b"x") is Reason.BAD_ENCODING


def test_a_zstd_window_larger_than_the_web_allows_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 24, zstd.CompressionParameter.content_size_flag: 0}
    packer = zstd.ZstdCompressor(options=options)
    wire = packer.compress(b"news" * 10) + packer.flush()
    assert reason("zstd", wire) is Reason.BAD_ENCODING


@pytest.mark.parametrize("encodings", ["rot13", "gzip, compress", "gzip, gzip, gzip, gzip"])
def test_unknown_or_too_many_encodings(encodings: str) -> None:
    assert reason(encodings) is Reason.BAD_ENCODING
