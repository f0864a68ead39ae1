"""Seeded mistakes in the bytes of a protocol file, and the lines that hold each."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

VALUES = (
    *(b"", b"[]", b"{}", b"[1, [2]]", b"{a: {b: c}}", b"~", b"yes", b"-1", b"1e999", b"nan", b"99999999999999999999"),
    *(b"2026-02-31", b"'", b'"', b"&a x", b"*a", b"!!python/name:os.system", b"|", b">-", b"? x", b"@x", b"%x", b"`x`"),
    *(b"{not: {not: {not: x}}}", b"[" * 60, b"{a: " * 60, b"always", b"not_sure", b"{doctor}", b"{", b"999"),
)
HIDDEN = (b"\0", b"\x07", b"\x1b[31m", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\r", b"\xff\xfe")
SPECIAL = (*(bytes([each]) for each in b":#-[]{},'\"&*!%@\\\t?|>"), b": ", b" #", b"- ", b"---\n", b"\xed\xa0\x80")
BOMB = b"- &a [x, x, x, x, x]\n- &b [*a, *a, *a, *a, *a]\n- &c [*b, *b, *b, *b, *b]\n- [*c, *c, *c, *c, *c]\n"
KEY = re.compile(rb"([A-Za-z_]{2,})(?=:)")
VALUE = re.compile(rb"(?<=: )[^\n]+")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: how it was changed, its bytes, and the first and last line (from 1) that hold the change."""

    how: str
    data: bytes
    first: int
    last: int


def mutate(data: bytes, rng: random.Random) -> Mutant:
    """Return the file with one mistake in it."""
    lines = data.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    how = rng.choice(sorted(KINDS))
    before, line, after = lines[:at], lines[at], lines[at + 1 :]
    changed = KINDS[how](line, rng)
    if how == "cut the rest":
        after = []
    if how == "swap with the next line" and after:
        changed, after = after[0] + line, after[1:]
    return Mutant(how, b"".join([*before, changed, *after]), at + 1, at + max(1, changed.count(b"\n")))


def _cut(line: bytes, rng: random.Random) -> bytes:
    return line[: rng.randrange(len(line))]


def _retype(line: bytes, rng: random.Random) -> bytes:
    return VALUE.sub(lambda _: rng.choice(VALUES), line, count=1)


def _rename(line: bytes, rng: random.Random) -> bytes:
    found = KEY.search(line)
    if found is None:
        return line
    word = bytearray(found.group(1))
    spot = rng.randrange(len(word) - 1)
    word[spot], word[spot + 1] = word[spot + 1], word[spot]
    return line[: found.start()] + bytes(word) + line[found.end() :]


def _reindent(line: bytes, rng: random.Random) -> bytes:
    bare = line.lstrip(b" ")
    wanted = max(0, len(line) - len(bare) + rng.choice((-3, -2, -1, 1, 2, 3)))
    return b" " * wanted + bare


def _insert(parts: tuple[bytes, ...]) -> Callable[[bytes, random.Random], bytes]:
    def inserted(line: bytes, rng: random.Random) -> bytes:
        spot = rng.randrange(len(line))
        return line[:spot] + rng.choice(parts) + line[spot:]

    return inserted


def _swap(line: bytes, rng: random.Random) -> bytes:
    content = line.rstrip(b"\n")
    if len(content) < 2:
        return line
    spot = rng.randrange(len(content) - 1)
    return content[:spot] + content[spot + 1 : spot + 2] + content[spot : spot + 1] + content[spot + 2 :] + b"\n"


def _drop(line: bytes, rng: random.Random) -> bytes:
    spot = rng.randrange(len(line))
    return line[:spot] + line[spot + 1 :]


def _flip(line: bytes, rng: random.Random) -> bytes:
    spot = rng.randrange(len(line))
    return line[:spot] + bytes([line[spot] ^ (1 << rng.randrange(8))]) + line[spot + 1 :]


KINDS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut the line": lambda line, rng: b"",
    "cut inside the line": lambda line, rng: _cut(line, rng) + b"\n",
    "cut the rest": _cut,
    "repeat the line": lambda line, rng: line + line,
    "swap with the next line": lambda line, rng: line,
    "retype the value": _retype,
    "rename the key": _rename,
    "break the indentation": _reindent,
    "insert a control character": _insert(HIDDEN),
    "insert a special character": _insert(SPECIAL),
    "insert an alias bomb": lambda line, rng: BOMB + line,
    "tab for spaces": lambda line, rng: line.replace(b"  ", b"\t", 1),
    "swap two bytes": _swap,
    "drop a byte": _drop,
    "flip a bit": _flip,
}
