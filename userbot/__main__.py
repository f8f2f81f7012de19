"""`userbot` and `python -m userbot`."""

from userbot.cli.main import main

if __name__ == "__main__":
    main()
