"""By what name a process holds its jobs, and whether the process behind a name is dead.

A lease ends by itself after half a minute. A process that is started again on the same machine need not wait that long
for what its predecessor held: the name tells the machine (as of its last start), the process-id space, and the process.
"""

import os
import secrets
import socket
from pathlib import Path


def own_name() -> str:
    """A name for this process that no other one ever had: ``MACHINE/PID/RANDOM``. Its leases' names begin with it."""
    return f"{_machine()}/{os.getpid()}/{secrets.token_hex(6)}"


def is_dead(lease: str, own: str) -> bool:
    """Whether the process whose lease this is has certainly ended; False where that cannot be told."""
    machine, process, token = (*lease.split("/"), "", "")[:3]
    own_machine, _, own_token = (*own.split("/"), "", "")[:3]
    if not machine or machine != own_machine or token == own_token or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return True  # one that had this process's number before it
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _machine() -> str:
    """Empty where process ids cannot be told apart from those of other machines or containers."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = Path("/proc/self/ns/pid").readlink()
    except OSError:
        return ""
    return f"{socket.gethostname()}.{boot}.{space}".replace("/", "_")
