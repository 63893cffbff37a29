"""A PostgreSQL server from Debian's package, in a folder of its own, on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PATIENCE = 30


def _binaries() -> Path | None:
    """Debian keeps them off the path, a folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def serve_postgres() -> Iterator[str]:
    """Start a server; its URL. Skips the test where the package is not installed: `.ci/run` installs it."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("needs Debian's package postgresql")
    folder = Path(tempfile.mkdtemp(prefix="cleancopy-postgres-"))
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    try:
        initialise = [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "cleancopy", "-E", "UTF8"]
        subprocess.run(
            [*initialise, "--no-sync", "--locale=C.UTF-8"], check=True, capture_output=True, user=user, cwd=folder
        )
        yield from _served(binaries, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(binaries: Path, folder: Path, user: str | None) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *options], stdout=log, stderr=log, user=user, cwd=folder
        )
    try:
        _wait(port, server)
        yield f"postgresql://cleancopy@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # a fast end; SIGTERM waits for those who are connected
        server.wait(_PATIENCE)


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="cleancopy", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
