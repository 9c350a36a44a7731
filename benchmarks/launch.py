"""Run a command, and write what it took: seconds of the processor, seconds by the clock, megabytes at most.

usage: python -I -S launch.py DESCRIPTOR COMMAND…

It includes the processes that the command waited for. This one ends as the command does.
"""

import os
import sys
import time

result = int(sys.argv[1])
start = time.perf_counter()
process = os.posix_spawnp(
    sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_CLOSE, result)]
)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
os.write(result, f"{used.ru_utime + used.ru_stime} {wall} {used.ru_maxrss / 1024}".encode())
sys.exit(os.waitstatus_to_exitcode(status))
