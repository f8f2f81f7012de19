"""`userbot` and `python -m userbot`."""

import signal


def main() -> None:
    """The console script. Ctrl-C while it is loaded ends it without a word: nobody asked what is imported."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from userbot.cli.main import main as command_line

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command_line()


if __name__ == "__main__":
    main()
