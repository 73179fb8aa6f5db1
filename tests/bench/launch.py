"""Run one command and write what it cost as JSON: python launch.py COST.json MOST_SECONDS COMMAND…

A program of its own because a process begins with the memory of the one that started it: this one holds next to none.
"""

import json
import os
import resource
import sys
import time


def main() -> None:
    """Start the command, wait for it, write down the cost."""
    cost, most_seconds, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds))
        os.execv(command[0], command)  # noqa: S606  # no shell is wanted
    _, status, usage = os.wait4(child, 0)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is bytes there, kilobytes elsewhere
    found = {
        "seconds": time.perf_counter() - started,
        "processor": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * unit / 1e6,
        "status": os.waitstatus_to_exitcode(status),
    }
    with open(cost, "w", encoding="utf-8") as file:  # noqa: PTH123  # pathlib would be a third of the memory
        json.dump(found, file)


if __name__ == "__main__":
    main()
