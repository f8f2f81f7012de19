"""userbot: mailings to your customers from an ordinary Telegram account."""

from importlib.metadata import version

__version__ = version("userbot")
