"""Which failures of a task may pass, and how long to wait for that."""

from typing import Any

from prefect import Task
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import exponential_backoff

from cleaners.errors import CleancopyError
from flows.store.errors import BusyError, StoreError, TakenOverError


def may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again may help: a busy store, a full disk, a network folder that is away; no wrong setting.

    Nor a store that another run has by now: each try would clean the whole shard, and then be refused.
    """
    error = state.result(raise_on_failure=False)
    if isinstance(error, TakenOverError):
        return False
    if isinstance(error, CleancopyError):
        return isinstance(error, BusyError) or (isinstance(error, StoreError) and error.started)
    return isinstance(error, OSError)


# Jitter, so that runs that met on one store do not meet again. Tasks are tried again, never flows: a deployment's
# concurrency limit ends a flow that waits for its next try.
PATIENT: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(backoff_factor=10),
    "retry_jitter_factor": 1.0,
    "retry_condition_fn": may_pass,
}
