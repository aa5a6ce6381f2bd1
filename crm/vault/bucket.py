"""A vault in a bucket: ``s3://BUCKET/PREFIX``, reached through s3fs (the extra « s3 »).

An object appears whole or not at all, so nothing there needs a part. The access log is one object a line,
``access/000/000/001`` and on, each made only if nobody took its number before (``If-None-Match: *``): two instances
never both write line N. Whoever ends a hundred of them puts a copy of these beside, ``access/000/000/1.jsonl``: a line
is read from there if the list, which gives the digest of each object, says that it is the same. So a hundred lines cost
one request, and the copy is never believed.
"""

import asyncio
import base64
import hashlib
import random
import re
import secrets
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, TypeVar

from crm.errors import InputError
from crm.files import private
from crm.vault import s3
from crm.vault.files import LARGEST
from crm.vault.medium import LONGEST_LINE, Refused, SeenFile

T = TypeVar("T")
_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\w.-]+(?:/[\w.-]+)*))?/?", re.ASCII)
_LONGEST_PREFIX = 500
_LOG = "access"
_GROUP, _LINE = re.compile(r"access/(\d{3}/){1,2}"), re.compile(r"access/(\d{3})/(\d{3})/(\d{3})")
_PACK = re.compile(r"(access/\d{3}/\d{3}/\d)\.jsonl")
_HUNDRED, _PACKS_AT_ONCE = 100, 8
_CLOSING = b"recommence "
"""How the object begins that takes the number after the last line while the log is being restarted."""
_ABANDONED = 120.0
"""Seconds after which a restart that has not ended was killed."""
_MOST_LINES, _MOST_REMEMBERED = 999_999_999, 64
_WRITTEN: dict[str, tuple[int, bytes | None]] = {}
"""By vault, the line that this process wrote last, and its number."""

_AT_ONCE = 32
_PATIENCE = 30.0
_BLOCK = 1 << 20


def bucket_at(address: str) -> "Bucket":
    """The medium of an address. Raises ``InputError`` for one that is not written as such, or without s3fs."""
    found = _ADDRESS.fullmatch(address)
    prefix = (found[2] or "") if found else ""
    if found is None or len(prefix) > _LONGEST_PREFIX or {".", ".."} & {*prefix.split("/")}:
        raise InputError(
            "RESEAU28_VAULT attend un dossier que partagent toutes les instances, ou « s3://compartiment/préfixe », en"
            " lettres sans accent, chiffres, points et tirets : corrigez-la.",
            field="vault", code="vault_address",
        )  # fmt: skip
    if find_spec("s3fs") is None:
        raise InputError(
            "Un coffre en « s3:// » demande le complément « s3 » : lancez « pip install 'reseau28[s3]' ».",
            field="vault", code="no_s3fs",
        )  # fmt: skip
    return Bucket(found[1], prefix)


class _Object(NamedTuple):
    """What a list says of a line, or of a copy of some: its name, its size and the server's digest of it."""

    name: str
    size: int
    tag: str


class Bucket:
    """The medium that is a bucket, under a prefix."""

    def __init__(self, bucket: str, prefix: str = "") -> None:
        self._bucket, self._under = bucket, f"{prefix}/" if prefix else ""

    @property
    def address(self) -> str:
        return f"s3://{self._bucket}/{self._under}".rstrip("/")

    def sweep(self) -> None:
        private.sweep(Path(tempfile.gettempdir()))

    def make(self) -> None:
        """Nothing: who keeps the bucket has made it, and a prefix needs no making."""

    def is_blank(self) -> bool:
        return next(self.found(""), None) is None

    def part(self) -> AbstractContextManager[Path]:
        return private.part(Path(tempfile.gettempdir()))

    def place(self, part: Path, name: str) -> None:
        with part.open("rb") as body:
            digest = hashlib.file_digest(body, _md5).digest()
            body.seek(0)
            self._run(self._put(name, body, digest))

    def create(self, name: str, content: bytes) -> bool:
        try:
            self._run(self._put(name, content, _md5(content).digest(), IfNoneMatch="*"))
        except FileExistsError:
            return False
        return True

    def write(self, name: str, content: bytes) -> None:
        self._run(self._put(name, content, _md5(content).digest()))

    def read(self, name: str, most: int) -> bytes | None:
        return self._run(self._got(name, most))

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """What is read is a copy on this machine, without a name there, so that what was checked is what is given."""
        with tempfile.TemporaryFile() as stream:
            self._run(self._copied(name, stream, LARGEST + 1))
            stream.seek(0)
            yield stream

    def holds(self, name: str) -> bool:
        return any(each.name == name for each in self.found(name))

    def instead(self, name: str) -> str:
        """Empty: a bucket holds objects alone."""
        return ""

    def found(self, under: str) -> Iterator[SeenFile]:
        for page in self._pages(under):
            for each in page.get("Contents", ()):
                age = time.time() - each["LastModified"].timestamp()
                yield SeenFile(str(each["Key"]).removeprefix(self._under), int(each["Size"]), age)

    def odd(self) -> Iterator[str]:
        """Nothing: a bucket holds objects alone."""
        return iter(())

    def remove(self, name: str) -> None:
        self._run(self._call("delete_object", Key=self._under + name))

    def append(self, line: Callable[[bytes | None], bytes]) -> None:
        """What this process wrote last is mostly the end of the log: seen to be there still, it saves the lists."""
        until = time.monotonic() + _PATIENCE
        number, last = _WRITTEN.get(self.address, (0, None))
        if not number or self.read(_name(number), LONGEST_LINE) != last:
            number, last = self._end()
        while not self._added(number + 1, made := self._following(last, line)):
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(random.uniform(0, 0.1))
            number, last = self._end()
        if len(_WRITTEN) >= _MOST_REMEMBERED:
            _WRITTEN.clear()
        _WRITTEN[self.address] = number + 1, made
        if (number + 2) % _HUNDRED == 0:
            with suppress(OSError):  # the line is there, and its hundred can be read without
                self._pack(number + 1)

    def _following(self, last: bytes | None, line: Callable[[bytes | None], bytes]) -> bytes:
        if last and last.startswith(_CLOSING):
            raise Refused(None, "il est en train d'être recommencé, ou un --restart interrompu est à relancer")
        return line(last)

    def _pack(self, last: int) -> None:
        """Put beside them a copy of the hundred lines that end with the ``last`` one."""
        first = max(1, last + 1 - _HUNDRED)
        found = self._fetched([_name(number) for number in range(first, last + 1)])
        self.write(_pack_of(_name(last)), b"".join(found))

    def _added(self, number: int, line: bytes) -> bool:
        """Whether the line is there under that number: also when it was written and the answer was lost."""
        if number > _MOST_LINES:
            raise Refused(None, "journal plein")
        return self.create(_name(number), line) or self.read(_name(number), LONGEST_LINE) == line

    def _end(self) -> tuple[int, bytes | None]:
        """The number of the newest line, and that line."""
        number = self._newest()
        return number, (self.read(_name(number), LONGEST_LINE) or b"") if number else None

    def lines(self) -> Iterator[bytes]:
        expected = 1
        for some in _some(self._hundreds(f"{_LOG}/"), _PACKS_AT_ONCE):
            for each, content in self._contents(some):
                good = each.name == _name(expected) and each.size < LONGEST_LINE
                yield content if good else b""
                expected += 1

    def _hundreds(self, under: str) -> Iterator[list[_Object]]:
        """The lines of each hundred, in order, and the copy of them before."""
        seen = (each for page in self._pages(under) for each in page.get("Contents", ()))
        named = (
            _Object(str(each["Key"]).removeprefix(self._under), int(each["Size"]), str(each["ETag"]).strip('"'))
            for each in seen
        )
        ours = (each for each in named if _LINE.fullmatch(each.name) or _PACK.fullmatch(each.name))
        for _, hundred in groupby(ours, lambda each: _pack_of(each.name)):
            yield list(hundred)

    def _contents(self, hundreds: list[list[_Object]]) -> Iterator[tuple[_Object, bytes]]:
        """These lines, each with what it says: from the copy what has the digest of the very object."""
        objects = [each for hundred in hundreds for each in hundred]
        packs = self._fetched([each.name for each in objects if _PACK.fullmatch(each.name)], _HUNDRED * LONGEST_LINE)
        copied = {_md5(line).hexdigest(): line for pack in packs for line in pack.splitlines(keepends=True)}
        lines = [each for each in objects if _LINE.fullmatch(each.name)]
        alone = [each.name for each in lines if each.tag not in copied]
        fetched = dict(zip(alone, self._fetched(alone), strict=True))
        yield from ((each, fetched[each.name] if each.name in fetched else copied[each.tag]) for each in lines)

    def _fetched(self, names: list[str], most: int = LONGEST_LINE) -> list[bytes]:
        """These objects, so many at a time; nothing for those that are not there."""
        found = (self._run(_all([self._got(each, most) for each in some])) for some in _some(names, _AT_ONCE))
        return [each or b"" for some in found for each in some]

    def line(self, number: int) -> bytes | None:
        return self.read(_name(number), LONGEST_LINE)

    def restart(self, aside: str, first: Callable[[Iterator[bytes]], bytes]) -> None:
        """The next number is taken first, so that nobody adds a line from there on, and given back last.

        Lines go newest first: interrupted, it is done again, and what is left is a log whose end was cut.
        """
        closed = self._closed()
        with self.part() as part:
            with part.open("wb") as kept:
                kept.writelines(line for line in self.lines() if not line.startswith(_CLOSING))
            self.place(part, aside)
            with part.open("rb") as former:
                line = first(iter(former))
        left = (each.name for each in self.found(f"{_LOG}/") if each.name != closed)
        for some in _some(sorted(left, reverse=True), _AT_ONCE):
            self._run(_all([self._call("delete_object", Key=self._under + each) for each in some]))
        if closed == _name(1):
            self.write(closed, line)
            return
        if not self.create(_name(1), line):
            raise TimeoutError  # someone else took this restart for one that was killed, and did it
        self.remove(closed)

    def _closed(self) -> str:
        """Take the number after the newest line, for whoever restarts alone; its name. Raises ``TimeoutError``.

        Each number costs one request, and those who write need two: they seldom leave it out. Only once it has one does
        it look whether another restart had the number before.
        """
        until, mark = time.monotonic() + _PATIENCE, _CLOSING + secrets.token_hex(8).encode() + b"\n"
        number, last = self._end()
        while not self._is_closed(number, last) and time.monotonic() < until:
            number += 1
            if self.create(_name(number), mark):
                last = self.read(_name(number - 1), LONGEST_LINE)
                if last != mark and not self._is_closed(number - 1, last):
                    return _name(number)
                self.remove(_name(number))
                if last == mark:  # it was taken before, and the answer was lost
                    return _name(number - 1)
                break
        raise TimeoutError

    def _is_closed(self, number: int, line: bytes | None) -> bool:
        """Whether that line is of a restart that goes on."""
        if not line or not line.startswith(_CLOSING):
            return False
        return any(each.name == _name(number) and each.age < _ABANDONED for each in self.found(_name(number)))

    def latest(self, most: int) -> Iterator[bytes]:
        last = self._newest()
        lowest = max(1, last - most + 1)
        for hundred in range(last // _HUNDRED, lowest // _HUNDRED - 1, -1) if last else ():
            wanted = range(min(last, (hundred + 1) * _HUNDRED - 1), max(lowest, hundred * _HUNDRED) - 1, -1)
            names = {_name(number) for number in wanted}
            if len(wanted) > 1:
                names.add(_pack_of(_name(wanted[0])))
            seen = [each for some in self._hundreds(_name(wanted[0])[:-2]) for each in some if each.name in names]
            found = {each.name: content for each, content in self._contents([seen])}
            yield from (found.get(_name(number), b"") for number in wanted)

    def bring(self, lines: Iterable[bytes]) -> None:
        """Interrupted, it goes on: lines are made some at once, so that the last of those may lack some before it."""
        had = self._newest()
        for _, hundred in groupby(enumerate(lines, 1), lambda each: each[0] // _HUNDRED):
            numbered = list(hundred)
            if any(number == had and self.read(_name(had), LONGEST_LINE) != line for number, line in numbered):
                return
            if (last := numbered[-1][0]) > had - _HUNDRED:
                for some in _some(numbered, _AT_ONCE):
                    self._run(_all([self._made(number, line) for number, line in some]))
                if (last + 1) % _HUNDRED == 0:
                    self.write(_pack_of(_name(last)), b"".join(line for _, line in numbered))

    def _newest(self) -> int:
        """The number of the newest line, found in three lists however many there are; 0 without any."""
        under = f"{_LOG}/"
        for _ in range(2):
            pages = self._pages(under, Delimiter="/")
            names = (str(each["Prefix"]) for page in pages for each in page.get("CommonPrefixes", ()))
            groups = [name for each in names if _GROUP.fullmatch(name := each.removeprefix(self._under))]
            if not groups:
                return 0
            under = max(groups)
        found = (_LINE.fullmatch(each.name) for each in self.found(under))
        return max((int("".join(line.groups())) for line in found if line), default=0)

    def _pages(self, under: str, **more: str) -> Iterator[dict[str, Any]]:
        asked = {"Prefix": self._under + under, **more}
        while True:
            page = self._run(self._call("list_objects_v2", **asked))
            yield page
            if not page.get("IsTruncated"):
                return
            asked["ContinuationToken"] = page["NextContinuationToken"]

    async def _made(self, number: int, line: bytes) -> None:
        with suppress(FileExistsError):
            await self._put(_name(number), line, _md5(line).digest(), IfNoneMatch="*")

    async def _put(self, name: str, body: bytes | BinaryIO, md5: bytes, **more: str) -> None:
        """Hand over an object with a digest by which the server refuses what was spoilt on its way."""
        key, digest = self._under + name, base64.b64encode(md5).decode("ascii")
        await self._call("put_object", Key=key, Body=body, ContentMD5=digest, **more)

    async def _got(self, name: str, most: int) -> bytes | None:
        target = BytesIO()
        try:
            await self._copied(name, target, most)
        except FileNotFoundError:
            return None
        return target.getvalue()

    async def _copied(self, name: str, target: Any, most: int) -> None:
        """Copy an object, and no more than its first ``most`` bytes."""
        answer = await self._call("get_object", Key=self._under + name)
        with s3.asked():
            async with answer["Body"] as body:
                while most > 0 and (block := await body.read(min(most, _BLOCK))):
                    target.write(block)
                    most -= len(block)

    async def _call(self, method: str, **asked: Any) -> Any:
        with s3.asked():
            return await s3.file_system()._call_s3(method, Bucket=self._bucket, **asked)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do what asks the server, on the loop that s3fs runs for all of its requests."""
        from fsspec.asyn import get_loop, sync

        async def done() -> T:
            return await work

        found: T = sync(get_loop(), done)
        return found


def _md5(content: bytes = b"") -> "hashlib._Hash":
    return hashlib.md5(content, usedforsecurity=False)


def _name(number: int) -> str:
    """The object of a line."""
    digits = f"{number:09}"
    return "/".join((_LOG, digits[:3], digits[3:6], digits[6:]))


def _pack_of(name: str) -> str:
    """The copy that holds the line of that name; of a copy itself."""
    return name if name.endswith(".jsonl") else f"{name[:-2]}.jsonl"


def _some(them: Iterable[T], most: int) -> Iterator[list[T]]:
    each = iter(them)
    while some := list(islice(each, most)):
        yield some


async def _all(works: list[Coroutine[Any, Any, T]]) -> list[T]:
    return list(await asyncio.gather(*works))
