"""The language of what is said in the group and to customers. English sentences are the keys, as with gettext.

A sentence is always whole, with its values named in braces: `gettext("Template {name} is empty.", name=name)`. What
depends on a number is `ngettext("{count} message", "{count} messages", count)`. Commands, statuses and CSV columns
stay English, and so does the command line. `languages` holds a module for each other language; tests keep them whole.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

LANGUAGES = ("en", "de", "ru")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language: sentences by the English one; forms by the English plural, in the order that `form` counts them."""

    sentences: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    """Whole pages of help, by what they are about."""
    form: Callable[[int], int] = lambda count: count != 1
    thousands: str = ","
    """What groups the digits of a number."""
    decimal: str = "."
    date: str = "%Y-%m-%d"
    """How a day is written, for strftime."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a message did not reach somebody, by how the report says it."""


ENGLISH = Catalogue()

SPOKEN: ContextVar[Catalogue] = ContextVar("spoken", default=ENGLISH)
"""What a running program speaks. Like the time zone it is set once, where everything is wired."""


def speak(language: str) -> None:
    """Say everything in this language from now on, in this task and those that it begins."""
    SPOKEN.set(ENGLISH if language == "en" else import_module(f"userbot.core.languages.{language}").CATALOGUE)


def gettext(sentence: str, /, **values: Any) -> str:
    """The sentence, its values put in."""
    return SPOKEN.get().sentences.get(sentence, sentence).format_map(values)


def ngettext(one: str, many: str, count: int, /, **values: Any) -> str:
    """The form that goes with this number; `{count}` in it is the number with its thousands grouped."""
    spoken = SPOKEN.get()
    forms = spoken.plurals.get(many)
    form = (one if count == 1 else many) if forms is None else forms[spoken.form(count)]
    return form.format_map(values | {"count": number(count)})


def page(about: str, english: str) -> str:
    """A page of help."""
    return SPOKEN.get().pages.get(about, english)


def reason(english: str) -> str:
    """Why a message did not reach somebody; what is no reason of ours, as Telegram's own codes, stays as it is."""
    return SPOKEN.get().reasons.get(english, english)


def number(value: float, digits: int = 0) -> str:
    """A number as the language writes it."""
    spoken = SPOKEN.get()
    return f"{value:,.{digits}f}".translate({ord(","): spoken.thousands, ord("."): spoken.decimal})


def day(when: datetime) -> str:
    """A day as the language writes it."""
    return when.strftime(SPOKEN.get().date)
