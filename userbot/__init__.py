"""userbot: mailings to your customers from an ordinary Telegram account."""


def __getattr__(name: str) -> str:
    """`__version__`, looked up by whoever asks: it takes a while, and Ctrl-C is to be heeded before."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version(__name__)
