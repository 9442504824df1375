"""The verbs of the control API as typed methods; `do` sends any verb."""

from __future__ import annotations

from typing import Any, cast

import httpx

Json = dict[str, Any]
Key = int | str
Rights = list[str] | str | None


class VerbRefused(Exception):
    """The sandbox would not do it; the text says why (restricted, banned, not in the chat, a wrong argument)."""


class Verbs:
    """What people do; ids come back as plain integers."""

    http: httpx.AsyncClient

    async def do(self, verb: str, **given: Any) -> Any:
        """Send a verb; arguments that are None are left out."""
        body = {name: value for name, value in given.items() if value is not None}
        answer = (await self.http.post(f"/sandbox/{verb}", json=body)).json()
        if not answer["ok"]:
            raise VerbRefused(answer["error"])
        return answer["result"]

    async def user_create(self, first_name: str, **given: Any) -> int:
        return cast(int, (await self.do("user_create", first_name=first_name, **given))["id"])

    async def user_rename(self, user: Key, first_name: str, **given: Any) -> None:
        await self.do("user_rename", user=user, first_name=first_name, **given)

    async def chat_create(self, kind: str, title: str, owner: Key, **given: Any) -> int:
        return cast(int, (await self.do("chat_create", kind=kind, title=title, owner=owner, **given))["id"])

    async def add_bot(self, chat: Key, *, by: Key | None = None, admin: Rights = None, payload: str = "") -> None:
        await self.do("add_bot", chat=chat, by=by, admin=admin, payload=payload)

    async def remove_bot(self, chat: Key, *, by: Key | None = None) -> None:
        await self.do("remove_bot", chat=chat, by=by)

    async def set_bot_rights(self, chat: Key, rights: Rights) -> None:
        await self.do("set_bot_rights", chat=chat, rights=rights)

    async def promote(self, chat: Key, user: Key, rights: Rights = "all", **given: Any) -> None:
        await self.do("promote", chat=chat, user=user, rights=rights, **given)

    async def demote(self, chat: Key, user: Key, **given: Any) -> None:
        await self.do("demote", chat=chat, user=user, **given)

    async def join(self, chat: Key, user: Key, *, via_link: str | None = None, added_by: Key | None = None) -> str:
        return cast(str, await self.do("join", chat=chat, user=user, via_link=via_link, added_by=added_by))

    async def join_request(self, chat: Key, user: Key) -> None:
        await self.do("join_request", chat=chat, user=user)

    async def leave(self, chat: Key, user: Key) -> None:
        await self.do("leave", chat=chat, user=user)

    async def kick(self, chat: Key, user: Key, by: Key | None = None) -> None:
        await self.do("kick", chat=chat, user=user, by=by)

    async def ban(self, chat: Key, user: Key) -> None:
        await self.do("ban", chat=chat, user=user)

    async def post(self, chat: Key, user: Key, text: str | None = None, **given: Any) -> int:
        """Say something; the id of the (first) message."""
        return cast(int, (await self.do("post", chat=chat, user=user, text=text, **given))["message_id"])

    async def post_many(self, posts: list[Json]) -> list[Json]:
        return cast("list[Json]", await self.do("post_many", posts=posts))

    async def edit(self, chat: Key, message_id: int, user: Key, text: str) -> None:
        await self.do("edit", chat=chat, message_id=message_id, user=user, text=text)

    async def delete(self, chat: Key, message_id: int, by: Key | None = None) -> None:
        await self.do("delete", chat=chat, message_id=message_id, by=by)

    async def react(self, chat: Key, message_id: int, user: Key, emoji: str | list[str] = "👍") -> None:
        await self.do("react", chat=chat, message_id=message_id, user=user, emoji=emoji)

    async def vote(self, chat: Key, message_id: int, user: Key, options: list[int] | int) -> None:
        await self.do("vote", chat=chat, message_id=message_id, user=user, options=options)

    async def press(
        self, chat: Key, message_id: int, user: Key, button: str | None = None, *, data: str | None = None
    ) -> str:
        """Press the button with that text, or send forged data; the id of the press."""
        given = {"chat": chat, "message_id": message_id, "user": user, "button": button, "data": data}
        return cast(str, (await self.do("press", **given))["id"])

    async def alerts(self, user: Key) -> list[Json]:
        return cast("list[Json]", await self.do("alerts", user=user))

    async def start(self, user: Key, payload: str = "") -> int:
        return cast(int, (await self.do("start", user=user, payload=payload))["message_id"])

    async def open_private_text(self, user: Key, text: str) -> int:
        return cast(int, (await self.do("open_private_text", user=user, text=text))["message_id"])

    async def block(self, user: Key) -> None:
        await self.do("block", user=user)

    async def unblock(self, user: Key) -> None:
        await self.do("unblock", user=user)

    async def upgrade(self, chat: Key) -> int:
        """The id of the new supergroup."""
        return cast(int, (await self.do("upgrade", chat=chat))["id"])

    async def set_tag(self, chat: Key, user: Key, tag: str) -> None:
        await self.do("set_tag", chat=chat, user=user, tag=tag)

    async def set_title(self, chat: Key, title: str) -> None:
        await self.do("set_title", chat=chat, title=title)

    async def set_default_permissions(self, chat: Key, permissions: Json) -> None:
        await self.do("set_default_permissions", chat=chat, permissions=permissions)

    async def set_slow_mode(self, chat: Key, seconds: int) -> None:
        await self.do("set_slow_mode", chat=chat, seconds=seconds)

    async def link_channel(self, chat: Key, channel: Key) -> None:
        await self.do("link_channel", chat=chat, channel=channel)

    async def raid(self, chat: Key, n: int, **given: Any) -> list[int]:
        """The ids of the newcomers (`names`, `text`, `seconds`)."""
        return cast("list[int]", (await self.do("raid", chat=chat, n=n, **given))["users"])

    async def privacy(self, enabled: bool) -> None:
        await self.do("privacy", enabled=enabled)

    async def clock(self, **given: Any) -> Json:
        """`set`, `jump_seconds`, `rate`, `freeze`."""
        return cast(Json, await self.do("clock", **given))

    async def fail_next(self, method: str = "*", n: int = 1, **given: Any) -> None:
        await self.do("fail_next", method=method, n=n, **given)

    async def flood(self, enabled: bool) -> None:
        await self.do("flood", enabled=enabled)

    async def duplicate_updates(self, times: int) -> None:
        await self.do("duplicate_updates", times=times)

    async def push_raw_update(self, update: Json) -> int:
        return cast(int, (await self.do("push_raw_update", json=update))["update_id"])

    async def reset(self) -> None:
        await self.do("reset")
