"""Runs a process to its end and measures it: wall time, CPU time and peak memory."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Usage:
    """Seconds of the clock, seconds of CPU (user and system, with the children it waited for), peak resident MB."""

    wall: float
    cpu: float
    peak_mb: float


def measure(command, allowed=(0,)):
    """The usage of one command. Its output is shown only if it fails.

    The system counts the memory of the parent towards the peak of a new process until it runs its own program, so the
    process that calls this has to stay small: data are made and scored in processes of their own.
    """
    with tempfile.TemporaryFile() as output:
        redirect = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)]
        started = time.perf_counter()
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=redirect)
        _, status, usage = os.wait4(process, 0)
        wall = time.perf_counter() - started
        code = os.waitstatus_to_exitcode(status)
        if code not in allowed:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise SystemExit(f"{' '.join(command)}: ended with status {code}")
    peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Usage(wall, usage.ru_utime + usage.ru_stime, peak)
