"""What is a question to the group: recognised by its words alone, rather missing one than taking a remark for one."""

import re

SHORTEST, LONGEST = 6, 300
# What stands behind the last word: blanks, stops, pictures.
TAIL = re.compile(r"[\s。.!！~～…、,，)）\]】\"”'’\u200b-\u200f\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+$")
ASKED_AT_THE_END = re.compile(
    r"(?:吗|嘛不|怎么办|怎么弄|怎么做|在哪里?|哪儿|哪里|什么时候|几点|多少钱?|是什么|为什么|行不行|可不可以|能不能|"
    r"对不对|是不是|有没有)$"
)
MAY_I = re.compile(r"[有是会能可要对好行到了以]么$")
# 呢 and 么 end many a remark: they ask only beside a word that asks.
ASKING = re.compile(r"什么|怎么|怎样|哪|谁|几|多少|为何|为啥|咋|如何")
ASKED_AT_THE_START = re.compile(
    r"^(?:请问|想问|问一下|问下|求问|求助|有人知道|谁知道|有没有人|哪位|怎么|如何|为什么|什么时候|在哪里?)"
)
IN_ENGLISH = re.compile(
    r"^(?:how|what(?! an? )|when|where|why|who|which|can (?:i|we|you|someone|anyone)|could (?:i|we|you|someone|anyone)|"
    r"does (?:any|some)|do (?:we|you|i)|is there|are there|does anyone|has anyone|anybody know|anyone know)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
MARKS = ("?", "？")


def is_question(text: str) -> bool:
    """Whether somebody asks the group something."""
    said = text.strip()
    if not SHORTEST <= len(said) <= LONGEST or said.startswith("/"):
        return False
    end = TAIL.sub("", said)
    if end.endswith(MARKS):
        return len(end.strip("?？ ")) >= SHORTEST - 2
    if IN_ENGLISH.match(end):
        return len(end.split()) >= FEWEST_WORDS and end.isascii()
    return bool(asks_in_chinese(end))


def asks_in_chinese(end: str) -> bool:
    if end.endswith(("呢", "啊", "呀")):
        return bool(ASKING.search(end))
    if end.endswith("么") and not end.endswith(("什么", "怎么")):
        return bool(MAY_I.search(end))
    return bool(ASKED_AT_THE_END.search(end) or ASKED_AT_THE_START.match(end))
