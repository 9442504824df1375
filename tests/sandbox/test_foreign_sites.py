"""Other sites that are open in the same browser cannot act in the sandbox, nor read it under another name."""

from __future__ import annotations

import pytest

from tests.sandbox.stage import Stage

FOREIGN = (
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://elsewhere.example:80", "Host": "elsewhere.example:80"},
    {"Host": "elsewhere.example"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_foreign_site_can_neither_act_nor_look(stage: Stage, headers: dict[str, str]) -> None:
    before = len(stage.world.users)
    acted = await stage.people.http.post("/sandbox/user_create", content='{"first_name": "Mallory"}', headers=headers)
    looked = await stage.people.http.get("/sandbox/state", headers=headers)
    assert (acted.status_code, looked.status_code) == (403, 403)
    assert "another site" in acted.json()["error"]
    assert len(stage.world.users) == before


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
async def test_the_page_itself_can(stage: Stage, name: str) -> None:
    port = stage.people.http.base_url.port
    headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
    acted = await stage.people.http.post("/sandbox/user_create", content='{"first_name": "Ann"}', headers=headers)
    assert acted.status_code == 200
