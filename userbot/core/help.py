"""What works at a place, short enough for a phone's screen.

Square brackets hold what may be left out; words in capitals are to be replaced.
"""

from __future__ import annotations

from userbot.core.grammar import Place
from userbot.core.language import page

_TIME = """\
TIME is now, a delay or a moment in UTC:
  5m   2h   1d   1h 30m
  2024-12-27 14:25
  2024-12-27 14:25 local (TIMEZONE)"""

_GENERAL_REPLY = f"""\
A reply to a message. Send this message:
/send test [TIME] [INSTANCE]
  to yourself
/send all [TIME] [INSTANCE]
  to every customer
/send mark MARK [TIME] [INSTANCE]
  to every customer with the mark
/send list [TIME] [INSTANCE] IDS
  to these: 1001,@anna
/send file [TIME] [INSTANCE]
  to the ids in the attached file
In its text, {{first_name|friend}} is
  the recipient's name, or “friend”

/send check all
  says whom it would reach, and when;
  for mark, list and file alike

Put its text in place of what sid12
delivered, or its 2nd message:
/send sid12 correct [2]

Or add it to a template, old or new:
/send NAME [TIME]
  for example /send welcome 5m

{_TIME}"""

_GENERAL = f"""\
In reply to a message, /send says how
to send it or add it to a template.

Send a template:
/send test NAME [TIME] [INSTANCE]
/send all NAME [TIME] [INSTANCE]
/send mark MARK template NAME [TIME] [INSTANCE]
/send list NAME [TIME] [INSTANCE] IDS
/send file NAME [TIME] [INSTANCE]
  with the file of ids attached
NAME may be two to four, as in red,blue:
  everybody gets one, and the answers
  of each are compared

Templates:
/send templates
/send NAME
/send NAME name NEW
/send NAME for MESSAGE_ID [TIME]
/send NAME del MESSAGE_ID
  or the message's number in the template
/send NAME del
/send NAME until answer
  it ends for whoever answers it,
  /send NAME until CLEAR: no longer

Before any of them:
/send check all NAME
  whom it would reach, and when; for
  mark, list and file alike

Stop everything: /send stop
Hold everything: /send pause
  and go on: /send resume

Sendings, for example sid12:
/send sendings [INSTANCE]
/send sid12
/send sid12 report
/send sid12 del
  while it awaits its start
/send sid12 go
  if it waits for that
/send sid12 pause
/send sid12 resume
/send sid12 stop
/send sid12 retry [TIME]
  once it has ended, what it left
/send sid12 recall
  end it, take back what it delivered
  or, as a reply to one of its notices,
  the last word alone: /send stop

{_TIME}"""

_TOPIC = f"""\
Send a template to this topic's customer:
/send NAME [TIME]
  for example /send welcome 1h

/send templates
  the templates there are
/send sendings
  the sendings of this topic
/send sid12
  how the sending sid12 is doing
/send sid12 pause
  hold it, whoever ordered it
/send sid12 stop
  end it, if you ordered it
/send sid12 del
  the same before its start
/bind USER_ID
  tie this topic to a user or a chat,
  by id or @username
/optout
  no more mailings to this customer
/optin
  mailings again

{_TIME}"""

_LABELS = """\
Labels on customers:
/mark
  all labels, and how many have them
/mark new NAME
/mark NAME
  what it does, and who has it
/mark NAME name NEW
/mark NAME del

When it is set on a customer:
/mark NAME after A,B
  removes these labels
/mark NAME sends TEMPLATE
  sends them a template
/mark NAME ticker TEXT
  shows it in their topic's name
CLEAR instead takes it back.

Set it on the ids in the attached file:
/mark NAME file
In a customer's topic, /mark NAME sets it.

A label that follows from others:
/mark NAME is EXPRESSION
  for example /mark warm is vip or wrote 30d
Joined by and, or, not and parentheses:
  vip          has this label
  wrote 30d    wrote within that time
  silent 30d   did not
  met 30d      is that new
  got sid12, failed sid12
  read sid12, answered sid12

/send mark NAME, and as a file:
/export
/export NAME"""

_LABELS_HERE = """\
/mark
  this customer's labels
/mark NAME
  sets a label
/mark del NAME
  removes it
Labels are made in General."""

_TEXTS = {Place.GENERAL_REPLY: _GENERAL_REPLY, Place.GENERAL: _GENERAL, Place.TOPIC: _TOPIC}


def help_text(place: Place) -> str:
    """Return the help for a place, as plain text."""
    return page(place.value, _TEXTS[place])


def marks_help(place: Place) -> str:
    """Return the help for labels at a place."""
    return page("labels here", _LABELS_HERE) if place is Place.TOPIC else page("labels", _LABELS)
