"""Rules that make the next calls of a method go wrong, in the ways servers and networks do."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.errors import ApiError
from sandbox.world.records import Json

MODES = ("error", "drop_answer", "drop_before", "delay", "http_body")
REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Failure:
    """One rule: which calls (`method` "*" is any), how many of them, what happens."""

    method: str
    n: int = 1
    chat: int | None = None
    user: int | None = None
    mode: str = "error"
    code: int = 0
    description: str = ""
    retry_after: int = 0
    seconds: float = 0.0
    body: str = ""
    content_type: str = "text/html"
    slow: bool = False

    def matches(self, method: str, parameters: Json) -> bool:
        return (
            self.n > 0
            and self.method.lower() in ("*", method.lower())
            and (self.chat is None or str(parameters.get("chat_id")) == str(self.chat))
            and (self.user is None or str(parameters.get("user_id")) == str(self.user))
        )

    def error(self) -> ApiError:
        code = self.code or (429 if self.retry_after else 500)
        if code == 429:
            seconds = self.retry_after or 1
            return ApiError(429, self.description or f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        return ApiError(code, self.description or REASONS.get(code, "Internal Server Error"))


class Failures:
    """The rules in force; a rule that has been used up is gone."""

    def __init__(self) -> None:
        self.rules: list[Failure] = []

    def add(self, rule: Failure) -> None:
        self.rules.append(rule)

    def take(self, method: str, parameters: Json) -> Failure | None:
        """The first rule for this call, counted down."""
        for rule in self.rules:
            if rule.matches(method, parameters):
                rule.n -= 1
                if rule.n == 0:
                    self.rules.remove(rule)
                return rule
        return None
