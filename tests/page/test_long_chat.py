"""A chat of 5,000 messages stays fluid: to its top, back to its end, and when a new message comes."""

from typing import Any

from playwright.async_api import expect

from tests.figures import Figures
from tests.page.stage import Stage
from tests.page.window import Window, address

LONG, SHORT = 5_000, 50
WATCH = """() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: 'longtask', buffered: false });
}"""
TO_THE_TOP = """async () => {
  const list = document.querySelector('[data-column="0"] .messages');
  const frames = [];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  let before = await frame();
  const next = async () => { const now = await frame(); frames.push(now - before); before = now; };
  const end = before + 60_000;
  while (!list.textContent.includes('created the group') && before < end) {
    list.scrollTop = 0;
    await next();
  }
  frames.sort((a, b) => a - b);
  return { frames: frames.length, half: frames[frames.length >> 1], p95: frames[Math.floor(frames.length * 0.95)] };
}"""
NEWS = """async (text) => {
  const list = document.querySelector('[data-column="0"] .messages');
  list.scrollTop = list.scrollHeight;
  const begin = performance.now();
  await fetch('/sandbox/post', { method: 'POST', body: text });
  while (!list.textContent.includes(JSON.parse(text).text) && performance.now() - begin < 10_000) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  return performance.now() - begin;
}"""


async def filled(stage: Stage, count: int) -> int:
    chat = await stage.people.chat_create("supergroup", f"{count}", stage.owner)
    others = [await stage.people.user_create(name) for name in ("林晓", "周敏", "苏禾")]
    for user in others:
        await stage.people.join(chat, user)
    texts = ("早", "今天六点半在操场集合，跑三公里。", "第 {n} 天打卡，读书 30 分钟 📖", "长一点的话。" * 12)
    posts = [
        {"chat": chat, "user": others[n % 3], "text": texts[n % 4].replace("{n}", str(n))} for n in range(1, count + 1)
    ]
    await stage.people.post_many(posts)
    return chat


async def news(opened: Window, chat: int, user: int, times: int = 5) -> float:
    """How long a new message takes until it stands there, in milliseconds: the middle of some."""
    took = []
    for n in range(times):
        text = f'{{"chat": {chat}, "user": {user}, "text": "新消息 {n} 号"}}'
        took.append(float(await opened.page.evaluate(NEWS, text)))
    return sorted(took)[times // 2]


# W1
async def test_5000_messages_scroll_to_the_top_and_take_a_new_one(stage: Stage, figures: Figures) -> None:
    short, long = await filled(stage, SHORT), await filled(stage, LONG)
    usual = await stage.window(address(f"{short}:{stage.owner}:all"))
    await expect(usual.find(column=0)).to_contain_text("第 50 天")
    few = await news(usual, short, stage.owner)
    opened = await stage.window(address(f"{long}:{stage.owner}:all"))
    await expect(opened.find(column=0)).to_contain_text("长一点的话")
    await opened.page.evaluate(WATCH)
    scrolled: dict[str, Any] = await opened.page.evaluate(TO_THE_TOP)
    await expect(opened.find(column=0)).to_contain_text("created the group")
    rows = await opened.page.locator('[data-column="0"] [data-message]').count()
    many = await news(opened, long, stage.owner)
    tasks: list[float] = await opened.page.evaluate("() => window.long")
    worst = max(tasks, default=0.0)
    figures(
        "W1", messages=LONG, rows=rows, frame_ms=round(scrolled["half"], 1), p95_frame_ms=round(scrolled["p95"], 1),
        longest_task_ms=round(worst), new_message_ms=round(many, 1), in_a_short_chat_ms=round(few, 1),
    )  # fmt: skip
    assert rows < 200
    assert many < max(few * 8, 400)
    assert worst < 1_000
    assert scrolled["half"] < 100
