"""How many planted faults `check` finds, how many of its findings were planted, and how long it takes.

python benchmarks/checking.py [SIZE [EACH]]
"""

from __future__ import annotations

import sys
import time

from planting import TODAY, planted

from newsarchive.planning.checks.base import Surroundings
from newsarchive.planning.checks.register import CHECKS, findings
from newsarchive.thesaurus.thesaurus import Thesaurus


def main(size: int = 10_000, each: int = 100) -> None:
    made = planted(size, each)
    surroundings = Surroundings(made.entries, Thesaurus.load(), TODAY)
    print(f"{'check':20} planted  found  recall  precision  seconds")
    total = 0.0
    for check in CHECKS:
        start = time.process_time()
        found = {finding.id for finding in findings([check], made.entries, surroundings)}
        took = time.process_time() - start
        total += took
        if right := made.faults.get(check.code):
            both = len(found & right)
            print(
                f"{check.code:20} {len(right):7,} {len(found):6,} {both / len(right):7.2f} "
                f"{both / max(1, len(found)):10.2f} {took:8.2f}"
            )
        else:
            print(f"{check.code:20} {'':7} {len(found):6,} {'':7} {'':10} {took:8.2f}")
    print(f"all checks of {size:,} entries: {total:.1f} s of the processor")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
