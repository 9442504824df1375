"""What ordinary messages say is looked at and forgotten: no table keeps a word of it."""

from tests.bot.intake.stage import Stage
from tests.bot.intake.updates import NOW, edit, message
from tests.bot.storage.schema import everything

SAID, CHANGED, UNDER_A_PICTURE = "今天的晚霞特别好看", "今天的朝霞也很好看", "湖边拍到的一张照片"
PHOTO = [{"file_id": "p1", "file_unique_id": "u1", "width": 9, "height": 9}]


async def test_no_table_keeps_the_words_of_an_ordinary_message(stage: Stage) -> None:
    first = message(SAID)
    picture = message(photo=PHOTO, caption=UNDER_A_PICTURE, media_group_id="album-1")
    await stage.take(first, edit(first, CHANGED, NOW + 5), picture, message("不错", reply_to_message=first["message"]))
    async with stage.storage.reading() as unit:
        kept = str(await everything(unit.connection))
    assert "album-1" in kept, "the messages themselves are remembered"
    for words in (SAID, CHANGED, UNDER_A_PICTURE):
        assert words not in kept
        assert words.encode("unicode_escape").decode() not in kept
