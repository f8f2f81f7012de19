"""The language of what is said in the group and to customers. English sentences are the keys, as with gettext.

A sentence is always whole, with its values named in braces: `gettext("Template {name} is empty.", name=name)`. What
depends on a number is `ngettext("{count} message", "{count} messages", count)`. Commands, statuses and CSV columns
stay English, and so does the command line.
"""

from typing import Any


def gettext(sentence: str, /, **values: Any) -> str:
    """The sentence, its values put in."""
    return sentence.format_map(values)


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The form that goes with this number; `{count}` in it is the number with its thousands grouped."""
    return (one if count == 1 else many).format_map(values | {"count": f"{count:,}"})
