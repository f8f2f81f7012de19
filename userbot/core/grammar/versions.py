"""Templates that are compared: their names with commas between them, in the place of one name."""

from userbot.core.grammar import complaints, words
from userbot.core.grammar.reading import Reader
from userbot.core.language import gettext
from userbot.core.variants import MOST


def read(reader: Reader, *, several: bool) -> list[str]:
    """Read the name of a template, or where `several` are allowed, of two to four."""
    pieces = reader.next.split(",")
    if len(pieces) == 1 or not words.is_name(pieces[0]):
        return [reader.name()]
    reader.skip()
    spelt = {words.fold(each): each for each in reversed(pieces) if each}
    names = list(spelt.values())[::-1]
    wrong = next((each for each in names if not words.is_name(each)), None)
    if wrong is not None:
        reader.blame(complaints.no_name(wrong))
    elif not several:
        reader.blame(gettext("A test sends one template."))
    elif len(names) < len(pieces) or len(names) > MOST:
        reader.blame(gettext("Two to {most} different templates are compared, with commas between.", most=MOST))
    fitting = [each for each in names if words.is_name(each)][: MOST if several else 1]
    reader.write(",".join(fitting))
    return fitting
