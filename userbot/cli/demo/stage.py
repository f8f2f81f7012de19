"""The demo's world: a small shop's team in its group, and their customers, on an embedded Telegram."""

from dataclasses import dataclass
from pathlib import Path

from userbot.sandbox.people import Sandbox

CUSTOMERS = 200

PHONE = "+15550100"
PASSWORD = "a password for the demo"  # noqa: S105  of an account that exists in memory


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is there. Ids are Telegram's."""

    sandbox: Sandbox
    account: int
    administrator: int
    operator: int
    group: int
    customers: range

    def settings(self) -> dict[str, object]:
        """What the program has to be told, as in `.env`."""
        host, port = self.sandbox.address()
        return {
            "API_ID": 12345,
            "API_HASH": "0" * 32,
            "BACKEND_GROUP": self.group,
            "EXTENSIONS_ALLOWED": self.administrator,
            "RATE_PER_MINUTE": 0,
            "MONTHLY_LIMIT": 0,
            "TELEGRAM_SERVER": f"{host}:{port}",
            "TELEGRAM_SERVER_KEY": Path(self.sandbox.public_key()).absolute(),
        }

    def name(self, user: int) -> str:
        """What a member of the group is called in the demo."""
        return _NAMES[[self.account, self.administrator, self.operator].index(user)]


_NAMES = ("userbot", "Nora, administrator", "Tom, operator")


def set_up(sandbox: Sandbox) -> Stage:
    """Bring everybody in. What the program says, it says as the account, which is Lena's."""
    account = sandbox.add_person("Lena", "Vogt", username="lenas_shop", phone=PHONE, password=PASSWORD)
    administrator = sandbox.add_person("Nora", "Brandt", username="nora_b")
    operator = sandbox.add_person("Tom", "Ahrens", username="tom_a")
    colleague = sandbox.add_person("Ida", "Falk")
    group = sandbox.add_group("Lena's shop, team", account, [administrator, operator, colleague])
    first = sandbox.populate(account, CUSTOMERS)
    return Stage(sandbox, account, administrator, operator, group, range(first, first + CUSTOMERS))
