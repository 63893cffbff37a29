"""Killing a process at a step of its work on a store."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import default

from flows.store import parts


def kill_at(step: int) -> None:
    """Let this process be killed just before its step-th sync, rename or commit, or just after it."""
    left = iter(range(step))

    def counted(act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the act takes and gives
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            result = act(*arguments, **named)
            if next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return acting

    os.fsync = counted(os.fsync)
    parts.exchange = counted(parts.exchange)
    Path.rename = counted(Path.rename)  # type: ignore[method-assign]
    default.DefaultDialect.do_commit = counted(default.DefaultDialect.do_commit)  # type: ignore[method-assign]


def killed(act: Callable[[], object], step: int) -> bool:
    """Do something in a child process that is killed at a step; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            kill_at(step)
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
