"""Sentences by key from `locales/`; the one door where what people wrote becomes part of a post. It decides nothing."""

import gettext
import html
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.cleaning import clean_name, clean_text, shorten
from bot.ruletexts import for_every_rule
from rules.conduct.effects import Mention, Phrase, Value
from rules.conduct.policy import DEFAULTS

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parents[1] / "locales"
FALLBACK = "zh_Hans"
OWN = "own"
"""The key of a sentence that people of the group wrote themselves: `Phrase(OWN, (("template", text), …))`."""
GOAL = "talk.default_goal"
SENTENCE = "sentence:"
# A key may name its own languages, whatever that of the post: `en:talk.done`, or `zh_Hans+en:talk.done` for both.
LONGEST_PART = 1000
LONGEST_POST = 4096
LONGEST_ALERT = 200
BETWEEN_NAMES = {"zh_Hans": "、", "zh_Hant": "、", "en": ", "}
TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
TAGS = ("b", "i", "u", "s", "code", "blockquote")
TAG = re.compile(rf"<(/?)({'|'.join(TAGS)})>")
REFERENCE = re.compile(r"&(amp|lt|gt|quot);")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class CatalogueError(Exception):
    """A catalogue that cannot be used, with the file and the key."""


class MissingText(LookupError):
    """A sentence or a value for its placeholder that does not exist."""


class Language(NamedTuple):
    """By key one template for each plural form; `plural` chooses one of them by the value `n`."""

    sentences: dict[str, tuple[str, ...]]
    plural: Callable[[int], int]


class Texts:
    """All sentences in all languages. `strict` raises where a sentence or value is missing, instead of logging it."""

    def __init__(self, languages: Mapping[str, Language], *, strict: bool = False) -> None:
        self._languages = languages
        self._strict = strict

    @classmethod
    def load(cls, folder: Path, *, strict: bool = False) -> "Texts":
        """Read `folder/LANGUAGE/DOMAIN.po`; CatalogueError for a template that could not be shown."""
        found = {place.name: read_language(place) for place in sorted(folder.iterdir()) if any(place.glob("*.po"))}
        if FALLBACK not in found:
            raise CatalogueError(f"{folder}: no catalogues in {FALLBACK}")
        return cls(found, strict=strict)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._languages)

    def keys(self, language: str) -> frozenset[str]:
        return frozenset(self._languages[language].sentences)

    def placeholders(self, key: str, language: str) -> frozenset[str]:
        return frozenset(name for form in self._languages[language].sentences[key] for name in names_in(form))

    def html(self, words: Phrase | Sequence[Phrase], language: str) -> str:
        """As Telegram's HTML, one line for each phrase; phrases beyond what a post may show give way to “…”."""
        lines: list[str] = []
        for phrase in phrases(words):
            line = self._line(phrase, language)
            if len(visible("\n".join([*lines, line]))) > LONGEST_POST - 2:
                lines.append("…" if lines else escape(visible(line)[: LONGEST_POST - 1] + "…"))
                break
            lines.append(line)
        return "\n".join(lines).strip() or "…"

    def plain(self, words: Phrase | Sequence[Phrase], language: str, limit: int = LONGEST_ALERT) -> str:
        """Without markup, cut to `limit` characters: for alerts, labels of buttons and descriptions."""
        text = visible("\n".join(self._line(phrase, language) for phrase in phrases(words)))
        return text if len(text) <= limit else text[: limit - 1] + "…"

    def label(self, phrase: Phrase, language: str) -> str:
        return self.plain(phrase, language, 64).replace("\n", " ")

    def _line(self, phrase: Phrase, language: str) -> str:
        named, _, key = phrase.key.rpartition(":")
        if named:
            own = phrase._replace(key=key)
            return " / ".join(self._line(own, each) for each in named.split("+"))
        params = dict(phrase.params)
        if phrase.key == OWN:
            return fill_own({**params, **self._ours(params, language)}, language)
        template = self._template(phrase, language)
        if template is None:
            return show(f"[{phrase.key}]")
        return PLACEHOLDER.sub(lambda match: self._value(match[1], params, phrase.key, language), template)

    def _template(self, phrase: Phrase, language: str) -> str | None:
        for code in (language, FALLBACK):
            chosen = self._languages.get(code)
            if chosen is not None and phrase.key in chosen.sentences:
                forms = chosen.sentences[phrase.key]
                number = dict(phrase.params).get("n", 1)
                return forms[chosen.plural(number) if len(forms) > 1 and isinstance(number, int) else 0]
            self._missing(f"{phrase.key} does not exist in {code}")
        return None

    def _value(self, name: str, params: Mapping[str, Value], key: str, language: str) -> str:
        if name == "group_goal" and params.get(name) == DEFAULTS.notices.group_goal:
            # Nobody wrote it yet: it is ours, and said in the reader's language.
            params = {**params, name: self.plain(Phrase(GOAL), language)}
        text = shown_value(name, params, language)
        if text is None and SENTENCE + name in params:
            text = shown_value(name, self._ours(params, language, name), language)
        if text is None:
            self._missing(f"{key} was said without {{{name}}}")
            return "…"
        return text

    def _ours(self, params: Mapping[str, Value], language: str, name: str = "") -> dict[str, str]:
        """A value under `sentence:NAME` is the key of a sentence of ours, said with the same values."""
        keys = {n.removeprefix(SENTENCE): str(key) for n, key in params.items() if n.startswith(SENTENCE + name)}
        known = tuple(params.items())
        return {n: self.plain(Phrase(key, known), language, LONGEST_PART) for n, key in keys.items()}

    def _missing(self, what: str) -> None:
        if self._strict:
            raise MissingText(what)
        log.error("a text is missing: %s", what)


def phrases(words: Phrase | Sequence[Phrase]) -> Sequence[Phrase]:
    return (words,) if isinstance(words, Phrase) else words


def shown_value(name: str, params: Mapping[str, Value], language: str) -> str | None:
    """`{names}` without a value of its own stands for name_1, name_2, …"""
    if name in params:
        return show(params[name])
    several = [show(value) for key, value in params.items() if name == "names" and key.startswith("name_")]
    return BETWEEN_NAMES.get(language, ", ").join(several) if several else None


def fill_own(params: Mapping[str, Value], language: str) -> str:
    """A template written by people: all of it is their text; only placeholders that have a value mean something."""
    pieces = PLACEHOLDER.split(str(params.get("template", "")))
    shown = [escape(clean_text(piece)) for piece in pieces[::2]]
    for index, name in enumerate(pieces[1::2]):
        filled = None if name == "template" else shown_value(name, params, language)
        shown[index] += f"{{{name}}}" if filled is None else filled
    return "".join(shown)


def show(value: Value) -> str:
    match value:
        case Mention(user_id=user_id, name=name):
            return f'<a href="tg://user?id={int(user_id)}">{escape(clean_name(name) or str(user_id))}</a>'
        case int():
            return str(value)
        case _:
            return escape(shorten(clean_text(value), LONGEST_PART))


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def visible(markup: str) -> str:
    """What a reader sees of our own markup."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup))


def language_of(code: str) -> str:
    """Our language for Telegram's language_code, "" where Telegram said nothing."""
    first, *rest = code.lower().replace("_", "-").split("-")
    if first != "zh":
        return "en" if code else ""
    return "zh_Hant" if TRADITIONAL.intersection(rest) and "hans" not in rest else FALLBACK


def read_language(place: Path) -> Language:
    sentences: dict[str, tuple[str, ...]] = {}
    plural: Callable[[int], int] = gettext.c2py("0")
    for path in sorted(place.glob("*.po")):
        catalogue = read_catalogue(path)
        plural = gettext.c2py(catalogue.plural_expr)
        sentences.update(sentences_of(catalogue, path))
    return Language(for_every_rule(sentences), plural)


def read_catalogue(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.parent.name, domain=path.stem, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.parent.name}/{path.name}: {error}") from error


def sentences_of(catalogue: Catalog, path: Path) -> dict[str, tuple[str, ...]]:
    found = {}
    for message in catalogue:
        if message.id:
            key, forms = taken_apart(message)
            for form in forms:
                check(form, key, path)
            found[key] = forms
    return found


def taken_apart(message: Message) -> tuple[str, tuple[str, ...]]:
    key = message.id if isinstance(message.id, str) else message.id[0]
    return key, (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def check(template: str, key: str, path: Path) -> None:
    """Refuse what could not be shown: another domain's key, an empty text, other braces, open or foreign tags."""
    where = f"{path.parent.name}/{path.name}: {key}"
    if key.partition(".")[0] != path.stem:
        raise CatalogueError(f"{where}: the key of another catalogue")
    if not template.strip():
        raise CatalogueError(f"{where}: has no text")
    if "&" in REFERENCE.sub("", template):
        raise CatalogueError(f"{where}: a bare & is &amp;")
    if set(PLACEHOLDER.sub("", template)) & set("{}"):
        raise CatalogueError(f"{where}: a placeholder is {{name}} in small letters, nothing else")
    opened: list[str] = []
    for closing, tag in TAG.findall(template):
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            raise CatalogueError(f"{where}: </{tag}> closes nothing")
    if opened or "<" in TAG.sub("", template) or ">" in TAG.sub("", template):
        raise CatalogueError(f"{where}: tags are {' '.join(TAGS)}, each closed; a bare < is &lt;")


def names_in(template: str) -> list[str]:
    return PLACEHOLDER.findall(template)
