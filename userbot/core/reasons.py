"""Why a message did not reach somebody, where the reason is ours; Telegram's are in `delivery`. As the report has them.

`core.wording.said` says them in the group's language.
"""

NO_DIALOG = "no dialog"
OPTED_OUT = "opted out"
ANSWERED = "answered"
DELETED = "deleted their account"
EARLIER_FAILED = "an earlier step failed"
STOPPED = "the sending was stopped"
UNTOLD = "Telegram did not tell which message it is"
UNWELCOME = "does not accept messages from this account now"
