"""Runs a script within limits: ``limits.py MEMORY CPU SCRIPT ARGUMENT…`` (bytes of memory, seconds of processor).

Where the system knows no such limits, the parent's clock is the only one.
"""

import runpy
import sys
from pathlib import Path


def confine(memory: int, cpu: int) -> None:
    """Bound this process; what it leaves behind when it dies is nothing (no core file with a partner's data)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(limit)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (bound, bound))
        except (ValueError, OSError):  # macOS refuses to bound memory
            continue


if __name__ == "__main__":
    confine(int(sys.argv[1]), int(sys.argv[2]))
    sys.argv = sys.argv[3:]
    sys.path.append(str(Path(__file__).parents[3]))  # where this package is, installed or not
    runpy.run_path(sys.argv[0], run_name="__main__")
