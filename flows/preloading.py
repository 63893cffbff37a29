"""What is imported once by the server that a sandbox's workers are forked from: so each starts in milliseconds.

Imported by that server alone (see `flows.sandbox`): importing it changes how the workers come up.
"""

import gc
import signal
from multiprocessing import spawn

from flows.feeds.parsing import parse_feed
from flows.pages.extract import extract
from flows.sandbox import Sandbox  # noqa: F401 - the workers' own side of it


def _leave_main_alone(_name_or_path: str) -> None:
    """Do not import the program's main module again, as multiprocessing would in each worker.

    A sandbox calls no function of it; `python -m flows.ingest` would cost each worker Prefect's import, and a script
    that does not ask for its `__name__` would run again.
    """


# Ctrl-C reaches the whole group of processes, also while they start.
signal.signal(signal.SIGINT, signal.SIG_IGN)
spawn._fixup_main_from_name = _leave_main_alone  # type: ignore[attr-defined]  # noqa: SLF001
spawn._fixup_main_from_path = _leave_main_alone  # type: ignore[attr-defined]  # noqa: SLF001
# What is made with the first call: patterns, settings, lists of names.
parse_feed(b"<rss version='2.0'><channel><title>a</title><item><title>a</title></item></channel></rss>")
extract(
    f"<html><body><article><p>{'One line of an article. ' * 20}</p></article></body></html>", "https://example.org/"
)
# Collecting garbage would write to, and so copy, the pages of memory that the workers share.
gc.freeze()
