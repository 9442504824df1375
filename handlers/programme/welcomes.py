"""/welcome: what newcomers are greeted with; shown, tried out, written anew, switched off."""

from bot import programme
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.policy.policies import put
from handlers.reading.targets import group_row
from handlers.saying.answers import answer, phrase
from handlers.saying.personal import me

WORDS = {
    "set": "set", "设": "set", "设置": "set", "test": "test", "试": "test", "试试": "test",
    "on": "on", "开": "on", "off": "off", "关": "off",
}  # fmt: skip


async def welcome(talk: Talk, order: Order) -> None:
    rest = order.without_first().words
    match WORDS.get(order.first().lower(), order.first()):
        case "set" if rest:
            await put(talk, "welcome.text", rest)
        case "test":
            post = programme.welcome_post(group_row(talk), await talk.policy(), [me(talk)])
            await answer(talk, post.words)
        case "on":
            await put(talk, "welcome.enabled", "true")
        case "off":
            await put(talk, "welcome.enabled", "false")
        case other if other:
            await answer(talk, phrase("usage_welcome"))
        case _:
            state = (await talk.policy()).welcome
            how = "welcome_is_on" if state.enabled else "welcome_is_off"
            await answer(talk, [phrase(how), phrase("usage_welcome")])
