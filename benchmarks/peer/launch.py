"""Run a command; write the milliseconds of the processor and by the clock and the megabytes that it took.

usage: python -I -S launch.py RESULT COMMAND…

What it took includes the processes that it waited for. It ends as the command does.
"""

import os
import sys
import time

start = time.perf_counter()
process = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as result:
    result.write(f"{(used.ru_utime + used.ru_stime) * 1000} {wall * 1000} {used.ru_maxrss / 1024}")
sys.exit(os.waitstatus_to_exitcode(status))
