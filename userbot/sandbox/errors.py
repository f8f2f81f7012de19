"""The one error a request may be answered with."""


class RpcError(Exception):
    """Becomes `rpc_error`: `code` as in HTTP, `message` Telegram's own capitals, such as PEER_ID_INVALID."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
