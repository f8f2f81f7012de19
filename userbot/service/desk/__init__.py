"""The desk: customers' dialogs appear in topics of the group, and what operators write there goes to the customers.

Everything is read from Telegram in order, written down in one transaction with how far that was, and then done dialog
by dialog: each has a lane into its topic and one out of it. Random ids are a function of what is done, so whatever has
no outcome is simply done again.
"""

from userbot.service.desk.desk import Desk
from userbot.service.desk.titles import Titles

__all__ = ["Desk", "Titles"]
