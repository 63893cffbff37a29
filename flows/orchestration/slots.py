"""One run a store, also as Prefect sees it: a concurrency limit for each store that deployments write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prefect import get_client
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists
from prefect.runtime import deployment

from flows.redacting import redacted
from flows.remote import is_remote

# How long a slot stays taken whose run was killed; while the run lives, Prefect renews it.
_LEASE_SECONDS = 60


def limit_name(out: str) -> str:
    """The limit's name: the store's path or URL, without the characters that Prefect does not allow in names."""
    if is_remote(out):
        return ":".join(["store", *re.split(r"[:/%&<>]+", redacted(out).rstrip("/"))])
    return ":".join(["store", *Path(out).resolve().parts[1:]])


@contextmanager
def store_slot(out: str, *, wait: bool) -> Iterator[None]:
    """Hold the one slot of a store as long as the block lasts.

    Only runs that wait, and only those of deployments: they queue where people see it, across machines. All others
    have the store's own lock, which is what protects it, and which tells at once.
    """
    if deployment.id is None or not wait:
        yield
        return
    name = limit_name(out)
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.upsert_global_concurrency_limit_by_name(name, 1)
    with concurrency(name, lease_duration=_LEASE_SECONDS, raise_on_lease_renewal_failure=False):
        yield
