"""Starts the paydesk binary on a database of its own and stops it again."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

REPOSITORY = Path(__file__).resolve().parents[2]
# A relative path counts from the repository, whatever folder the tests are run from.
BINARY = REPOSITORY / os.environ.get("PAYDESK_BIN", "target/debug/paydesk")

# A server that never says it is ready is broken; this only ends the wait for it.
START_LIMIT_SECONDS = 30


@contextmanager
def running_server(folder: Path):
    """Yields the address of a server whose database and log are in the given folder."""
    log = folder / "paydesk.log"
    command = [BINARY, "serve", "--listen", "127.0.0.1:0", "--database", folder / "paydesk.db"]
    with log.open("wb") as stderr, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=stderr, text=True
    ) as server:
        try:
            yield _address(server, log)
        finally:
            server.terminate()
        assert server.wait() == 0, f"paydesk should exit with 0 after SIGTERM:\n{log.read_text()[-8000:]}"


def _address(server: subprocess.Popen, log: Path) -> str:
    limit = Timer(START_LIMIT_SECONDS, server.kill)
    limit.start()
    try:
        for line in server.stdout:
            if found := re.fullmatch(r"listening on (http://\S+)\n", line):
                return found.group(1)
    finally:
        limit.cancel()
    raise AssertionError(f"paydesk ended before it listened:\n{log.read_text()[-8000:]}")
