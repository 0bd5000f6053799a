"""`python -m toolkit` is `hien`."""

from toolkit.cli import main

if __name__ == "__main__":
    main()
