"""The demo: the real program beside an embedded Telegram, with a team that uses it in front of your eyes."""

from userbot.cli.demo.show import show

__all__ = ["show"]
