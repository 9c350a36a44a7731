"""The program's door: `newsarchive`, and `python -m newsarchive`."""

import gc
import sys
from typing import Final, NoReturn

_MADE_BETWEEN_COLLECTIONS: Final = 20_000
"""So many objects: a command on a few entries ends before there are as many."""


def main() -> NoReturn:
    """Run the program; an interrupt while it is still starting ends it as one does later."""
    try:
        # Nothing that is made while starting is garbage: looking for some takes a tenth of the start.
        gc.disable()
        from newsarchive.cli.app import main as run_main  # within the `try`: most of the start is importing

        gc.freeze()
        gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)
        gc.enable()
        run_main()
    except KeyboardInterrupt:
        sys.stderr.write("newsarchive: interrupted; nothing was changed\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
