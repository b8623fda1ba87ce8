"""The words of the interface, without GNU gettext: extract, update, compile, check. English is the source.

    python tools/messages.py update    # gather the sentences of the code into the catalogs
    python tools/messages.py compile   # make the .mo files the server reads
    python tools/messages.py check     # say what is untranslated, unsure or out of date; exit 1 if any

Gathered are gettext calls in Python, Jinja2 and Django templates, the `sentence` of every Refusal, and the values of
a module's REASONS and NOTES: data may not import gettext, so it says its sentences plainly.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
KITH = ROOT / "kith"
LOCALES = KITH / "locale"
LANGUAGES = ("zh_Hans",)
WIDTH = 100
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The blanks of a {% trans %} block are part of its msgid, so these agree with kith.web.jinja.
JINJA_OPTIONS = {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
COMMENT_TAGS = ("Translators:",)
TABLES = {"REASONS", "NOTES"}

Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def gather() -> Catalog:
    catalog = Catalog(project="Kith", charset="utf-8")
    for path in sources():
        for line, message, comments, context in messages_of(path):
            where = [(path.relative_to(ROOT).as_posix(), line)]
            catalog.add(message, locations=where, auto_comments=comments, context=context)
    return catalog


def sources() -> Iterator[Path]:
    for suffix in ("py", "html", "txt", "xml"):
        for path in sorted(KITH.rglob(f"*.{suffix}")):
            if not {"migrations", "static", "locale", "settings"} & set(path.relative_to(KITH).parts):
                yield path


def messages_of(path: Path) -> Iterable[Found]:
    raw = path.read_bytes()
    if path.suffix == ".py":
        yield from scan("python", raw)
        yield from sentences(raw)
        yield from tables(raw)
    elif "account_templates" in path.parts:
        yield from scan("python", templatize(raw.decode(), origin=str(path)).encode())
    elif "templates" in path.parts:
        yield from scan("jinja2", raw)


def scan(method: str, raw: bytes) -> Iterable[Found]:
    options = JINJA_OPTIONS if method == "jinja2" else {}
    return extract(method, BytesIO(raw), KEYWORDS, COMMENT_TAGS, options)


def sentences(raw: bytes) -> Iterator[Found]:
    """Yield each class attribute named `sentence`: the page translates it when it shows the refusal."""
    for node in ast.walk(ast.parse(raw)):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                match part:
                    case ast.Assign([ast.Name("sentence")], ast.Constant(str(text))):
                        yield part.lineno, text, [], None
                    case _:
                        pass


def tables(raw: bytes) -> Iterator[Found]:
    """Yield the values of each module-level dict that is a table of sentences."""
    for node in ast.parse(raw).body:
        match node:
            case ast.Assign([ast.Name(name)], ast.Dict(_, values)) if name in TABLES:
                yield from _plain(values)
            case ast.AnnAssign(ast.Name(name), _, ast.Dict(_, values)) if name in TABLES:
                yield from _plain(values)
            case _:
                pass


def _plain(values: Iterable[ast.expr]) -> Iterator[Found]:
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.lineno, value.value, [], None


def catalogs() -> list[Path]:
    return [LOCALES / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES]


def read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=path.parts[-3], project="Kith", header_comment="# Kith", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(path: Path, template: Catalog) -> None:
    catalog = read(path)
    made = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True)
    catalog.creation_date = made  # a catalog without news shows no change
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)


def compile_catalog(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, read(path))
    fresh.replace(path.with_suffix(".mo"))


def faults(path: Path, template: Catalog) -> Iterator[str]:
    catalog = read(path)
    for wanted in template:
        if not wanted.id:
            continue
        message = catalog.get(wanted.id, wanted.context)
        if message is None:
            yield f"missing: {wanted.id!r} ({where(wanted.locations)})"
        elif message.fuzzy or not translated(message):
            yield f"untranslated: {wanted.id!r} ({where(wanted.locations)})"
    for message in catalog:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer used: {message.id!r}"
        yield from (f"{fault}: {message.id!r}" for fault in broken(catalog, message))


def translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(forms)


def broken(catalog: Catalog, message: Message) -> Iterator[str]:
    """Yield what would fail at run time, above all a lost %(name)s."""
    for checker in checkers:
        try:
            checker(catalog, message)
        except Exception as fault:  # noqa: BLE001 -- Babel's TranslationError, or what a broken entry makes of it
            yield str(fault)


def where(locations: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name}:{line}" for name, line in locations)


def main(command: str) -> None:
    settings.configure()
    if command == "compile":
        for path in catalogs():
            compile_catalog(path)
        return
    template = gather()
    if command == "update":
        for path in catalogs():
            update(path, template)
    elif command == "check":
        found = [f"{path.parts[-3]}: {fault}" for path in catalogs() for fault in faults(path, template)]
        print("\n".join(found) or f"{len(template)} sentences, all translated")
        sys.exit(1 if found else 0)
    else:
        sys.exit("messages: say update, compile or check.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
