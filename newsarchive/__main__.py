"""Run the program as `python -m newsarchive`."""

from newsarchive.cli.app import main

if __name__ == "__main__":
    main()
