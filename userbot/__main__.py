"""`userbot` and `python -m userbot`."""

import signal


def main() -> None:
    """The console script. Ctrl-C ends it without a word, but where work is under way: `cli.frame.complete` heeds it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not ignored, as in a shell's background
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from userbot.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
