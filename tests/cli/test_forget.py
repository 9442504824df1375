"""`python -m bot forget` shows first and does it on a word; `python -m bot audit` prints who did what."""

import csv
import io

from tests.app.stage import INSULT, Stage
from tests.cli.command import bot


async def insulted(stage: Stage) -> int:
    lin = await stage.member("林晓")
    said = await stage.people.post(stage.chat, lin, INSULT)
    await stage.people.message_deleted(stage.chat, said)
    await stage.people.bot_message(stage.chat, "林晓")
    return lin


async def test_it_shows_first_and_forgets_only_on_a_word(stage: Stage) -> None:
    lin = await insulted(stage)
    shown = await bot(stage.settings, "forget", str(lin))
    assert (shown.code, shown.err) == (0, "")
    assert f"person {lin}: 1 groups, 1 decisions" in shown.out
    assert "counted in group" in shown.out
    assert "Nothing was changed" in shown.out
    assert (await stage.decisions(lin))[-1].case
    done = await bot(stage.settings, "forget", str(lin), "--yes")
    assert "The number stays for now." in done.out
    assert (await stage.decisions(lin))[-1].case == ""


async def test_of_a_stranger_nothing_is_kept_and_nothing_stays(stage: Stage) -> None:
    done = await bot(stage.settings, "forget", "77", "--yes")
    assert done.code == 0
    assert "0 groups" in done.out
    assert "The number is gone." in done.out


async def test_the_audit_is_a_table_of_all_groups_or_of_one(stage: Stage) -> None:  # S6
    lin = await insulted(stage)
    ran = await bot(stage.settings, "audit", "--csv", "--days", "1")
    (row,) = [each for each in csv.DictReader(io.StringIO(ran.out)) if each["action"] == "remind"]
    assert (row["who"], row["whom_id"], row["whom_name"]) == ("rule", str(lin), "林晓")
    other = await bot(stage.settings, "audit", "--group", "-5")
    assert (other.code, other.err) == (1, "There is no group -5.\n")
