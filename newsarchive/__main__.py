"""The program's door: `newsarchive`, and `python -m newsarchive`."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program; an interrupt while it is still starting ends it as one does later."""
    try:
        from newsarchive.cli.app import main as run_main  # within the `try`: most of the start is importing

        run_main()
    except KeyboardInterrupt:
        sys.stderr.write("newsarchive: interrupted; nothing was changed\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
