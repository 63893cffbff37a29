"""The server of Prefect's that a command starts for its own run."""

import signal
from typing import TYPE_CHECKING, Any

from prefect.settings import get_current_settings

if TYPE_CHECKING:
    import subprocess


def keep_server_from_ctrl_c() -> None:
    """Let Ctrl-C, which a terminal sends to all processes of a command, reach the command alone.

    The server ended at once, and the command, which would have stopped in good order, spoke to nobody for minutes.
    """
    if get_current_settings().api.url:  # it runs elsewhere
        return
    from prefect.server.api.server import SubprocessASGIServer  # noqa: PLC0415 - the flow is about to import it

    start = SubprocessASGIServer._run_uvicorn_command  # noqa: SLF001 - nothing else takes options for the process

    def start_shielded(server: SubprocessASGIServer) -> "subprocess.Popen[Any]":
        # A process inherits what is blocked, and uvicorn unblocks nothing.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return start(server)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    SubprocessASGIServer._run_uvicorn_command = start_shielded  # type: ignore[assignment,method-assign] # noqa: SLF001
