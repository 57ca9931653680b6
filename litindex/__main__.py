"""`python -m litindex` is the command `litindex`."""

from litindex.cli import main

if __name__ == "__main__":
    main()
