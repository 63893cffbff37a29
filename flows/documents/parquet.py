"""Parquet, `.parquet`: one document a row. Needs the extra `parquet`."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec

from flows.documents.limits import seekable
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.documents.rows import load_row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import FileMetaData


class Extra(NamedTuple):
    """A package that a format needs and that is not installed with cleancopy, and what to do about it."""

    package: str
    advice: str


EXTRA = Extra("pyarrow", "Parquet needs pyarrow: pip install 'cleancopy[parquet]'")
# Rows that are decoded at once: a thousand articles have some megabytes.
_BATCH = 1000


def read_parquet(stream: BinaryIO, source: Source, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """Each row's document; its `line` is the row's number.

    Raises:
        UnusableError: pyarrow is not installed, or the file is cut off or broken.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow.parquet import ParquetFile  # noqa: PLC0415
    except ImportError as error:
        raise UnusableError(Reason.UNREADABLE, EXTRA.advice) from error
    try:
        with ParquetFile(seekable(stream), pre_buffer=False) as file:
            groups, passed = _left(file.metadata, source.done)
            numbers = count(passed + 1)
            for batch in file.iter_batches(_BATCH, row_groups=groups, use_threads=False):
                for row in _rows(batch):
                    if (number := next(numbers)) > source.done:
                        yield _load(row, source, number, fields)
    except (pa.ArrowException, ValueError, OverflowError, OSError) as error:
        # A disk's error has a number, what pyarrow finds in the file has none.
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnusableError(Reason.BAD_ARCHIVE, str(error)) from error


def _left(metadata: "FileMetaData", done: int) -> tuple[list[int], int]:
    """The groups of rows that do not all lie within the first `done`, and how many rows lie in those before."""
    passed = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if passed + rows > done:
            return [*range(group, metadata.num_row_groups)], passed
        passed += rows
    return [], passed


def _load(row: dict[str, Any], source: Source, number: int, fields: Mapping[str, str]) -> Loaded | SetAside:
    try:
        return load_row(row, source, number, fields)
    except UnusableError as error:
        return source.aside(error.reason, error, number)


def _rows(batch: "pa.RecordBatch") -> Iterator[dict[str, Any]]:
    """Each row as JSON could hold it: dates as RFC 3339 spells them, decimals as text, bytes in base 64."""
    import pyarrow as pa  # noqa: PLC0415

    columns = []
    for column in batch.columns:
        kind = column.type
        # Python's dates end at microseconds.
        fine = pa.types.is_timestamp(kind) and kind.unit == "ns"
        columns.append(column.cast(pa.timestamp("us", kind.tz), safe=False) if fine else column)
    for row in pa.RecordBatch.from_arrays(columns, names=batch.schema.names).to_pylist():
        yield msgspec.to_builtins(row, enc_hook=str)
