"""How much memory this process has."""

import resource
import sys
from pathlib import Path


def resident_mb() -> float:
    """Megabytes in memory now, or, where the system does not tell, the most there ever were."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)
