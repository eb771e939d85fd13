"""``python -m lbtool.cli``: the same as the ``lbtool`` script."""

from lbtool.cli.fast import main

if __name__ == "__main__":
    main()
