"""@SpamBot: answers /start with a settable text after a settable delay, or stays silent."""

from userbot.sandbox import boxes, contents
from userbot.sandbox.world import SPAMBOT, World

FREE = "Good news, no limits are currently applied to your account. You’re free as a bird!"


def hear(world: World, user: int, text: str) -> None:
    """A message to the bot; only /start is answered."""
    if text.split()[:1] == ["/start"] and not world.setting("spambot_silent"):
        world.later(world.setting("spambot_delay", 0), lambda: _answer(world, user))


def _answer(world: World, user: int) -> None:
    with world.transaction():
        content = contents.keep(world, world.setting("spambot_text", FREE))
        boxes.write(world, SPAMBOT, user, content)
