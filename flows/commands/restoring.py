"""`cleancopy restore`: originals from records."""

import sys

from cleaners.errors import CleancopyError, RestoreError
from flows.commands.options import Records
from flows.commands.terminal import DONE, until_nobody_reads

EXAMPLES = """\b
Examples:
  cleancopy restore out > originals.jsonl
  cleancopy clean - < rows.jsonl | cleancopy restore -
"""


def restore(records: Records) -> int:
    """Write the original text of every record as a row `{id, text}`."""
    import msgspec  # noqa: PLC0415

    from cleaners import restore as restored  # noqa: PLC0415
    from flows.inspection.reading import read_records  # noqa: PLC0415

    with until_nobody_reads():
        for record in read_records(records):
            try:
                row = {"id": record.id, "text": restored(record.text, record.removed)}
            except RestoreError as error:
                raise CleancopyError(f"{records}: record {record.id}: {error}") from error
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.buffer.flush()
    return DONE
