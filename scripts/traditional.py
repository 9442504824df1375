"""Derives the traditional Chinese catalogues from the simplified ones; `--check` only compares."""

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po
from opencc_purepy import OpenCC

from bot.texts import names_in, taken_apart

LOCALES = Path(__file__).parents[1] / "locales"
FROM, TO = "zh_Hans", "zh_Hant"
# Taiwan's characters (裡, 著, 群) and no words of Taiwan: OpenCC's own words say 許可權 for 权限 and 封停 for 封禁.
WAY = "s2tw"
HEAD = f"""# Derived from {FROM} by `make texts`: write there, or into overrides.toml.
msgid ""
msgstr ""
"Language: {TO}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


class Overrides(NamedTuple):
    words: Mapping[str, str]
    texts: Mapping[str, str]


class OverrideError(Exception):
    """An override that fits no sentence."""


def main(arguments: list[str]) -> int:
    try:
        derived = derive(LOCALES)
    except OverrideError as error:
        print(f"{TO}/overrides.toml: {error}")
        return 1
    stale = [path for path, text in derived.items() if not path.exists() or path.read_text("utf-8") != text]
    left = [path for path in sorted((LOCALES / TO).glob("*.po")) if path not in derived]
    if "--check" in arguments:
        for path in [*stale, *left]:
            print(f"locales/{TO}/{path.name} is not what locales/{FROM} says: make texts")
        return 1 if stale or left else 0
    for path in stale:
        path.write_text(derived[path], encoding="utf-8")
    for path in left:
        path.unlink()
    print(f"{len(stale)} of {len(derived)} catalogues of {TO} written anew")
    return 0


def derive(locales: Path) -> dict[Path, str]:
    """Each file of the traditional catalogues with the text it should have."""
    convert, overrides = OpenCC(WAY).convert, read_overrides(locales / TO / "overrides.toml")
    sources = sorted((locales / FROM).glob("*.po"))
    catalogues = {locales / TO / source.name: read(source) for source in sources}
    known = {taken_apart(message)[0] for catalogue in catalogues.values() for message in catalogue if message.id}
    if strange := sorted(set(overrides.texts) - known):
        raise OverrideError(f"no sentence has the key {strange[0]}")
    return {path: HEAD + "".join(entries(catalogue, convert, overrides)) for path, catalogue in catalogues.items()}


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=FROM, domain=path.stem, abort_invalid=True)


def read_overrides(path: Path) -> Overrides:
    found = tomllib.loads(path.read_text("utf-8"))
    return Overrides(found.get("words", {}), found.get("texts", {}))


def entries(catalogue: Catalog, convert: Callable[[str], str], overrides: Overrides) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        key, forms = taken_apart(message)
        text = normalize(traditional(key, forms[0], convert, overrides), width=0)
        plural = not isinstance(message.id, str)
        said = f'msgid_plural "{key}"\nmsgstr[0] {text}' if plural else f"msgstr {text}"
        yield f'\nmsgid "{key}"\n{said}\n'


def traditional(key: str, text: str, convert: Callable[[str], str], overrides: Overrides) -> str:
    own = overrides.texts.get(key)
    if own is None:
        return reworded(convert(text), overrides.words)
    if set(names_in(own)) != set(names_in(text)):
        raise OverrideError(f"{key} has other placeholders than in {FROM}")
    return own


def reworded(text: str, words: Mapping[str, str]) -> str:
    """One pass, so that a word already in its own form is not given it twice."""
    longest = sorted(words, key=len, reverse=True)
    said, at = [], 0
    while at < len(text):
        word = next((word for word in longest if text.startswith(word, at)), "")
        said.append(words.get(word, text[at]))
        at += len(word) or 1
    return "".join(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
