"""A vault in a bucket: ``s3://BUCKET/PREFIX``, reached through s3fs (the extra « s3 »).

An object appears whole or not at all, so nothing there needs a part. The access log is one object a line,
``access/000/000/001`` and on, each made only if nobody took its number before (``If-None-Match: *``): two instances
never both write line N.
"""

import asyncio
import base64
import hashlib
import random
import re
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from crm import private
from crm.errors import InputError
from crm.vault import s3
from crm.vault.files import LARGEST
from crm.vault.medium import LONGEST_LINE, Found, Refused

T = TypeVar("T")
_ADDRESS = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\w.-]+(?:/[\w.-]+)*))?/?", re.ASCII)
_LONGEST_PREFIX = 500
_LOG = "access"
_GROUP, _LINE = re.compile(r"access/(\d{3}/){1,2}"), re.compile(r"access/(\d{3})/(\d{3})/(\d{3})")
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

    def found(self, under: str) -> Iterator[Found]:
        for page in self._pages(under):
            for each in page.get("Contents", ()):
                age = time.time() - each["LastModified"].timestamp()
                yield Found(str(each["Key"]).removeprefix(self._under), int(each["Size"]), age)

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
        while not self._added(number + 1, made := line(last)):
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(random.uniform(0, 0.1))
            number, last = self._end()
        if len(_WRITTEN) >= _MOST_REMEMBERED:
            _WRITTEN.clear()
        _WRITTEN[self.address] = number + 1, made

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
        for some in _some(self.found(f"{_LOG}/"), _AT_ONCE):
            ours = [each for each in some if _LINE.fullmatch(each.name)]
            kept = self._run(_all([self._got(each.name, LONGEST_LINE) for each in ours]))
            for each, content in zip(ours, kept, strict=True):
                good = each.name == _name(expected) and each.size < LONGEST_LINE
                yield (content or b"") if good else b""
                expected += 1

    def line(self, number: int) -> bytes | None:
        return self.read(_name(number), LONGEST_LINE)

    def restart(self, aside: str, first: Callable[[Iterator[bytes]], bytes]) -> None:
        """Lines go newest first: interrupted, it is done again, and what is left is a log whose end was cut."""
        with self.part() as part:
            with part.open("wb") as kept:
                kept.writelines(self.lines())
            self.place(part, aside)
            with part.open("rb") as former:
                line = first(iter(former))
        for name in sorted((each.name for each in self.found(f"{_LOG}/")), reverse=True):
            self.remove(name)
        self.create(_name(1), line)

    def latest(self, most: int) -> Iterator[bytes]:
        last = self._newest()
        for some in _some(range(last, max(0, last - most), -1), _AT_ONCE):
            found = self._run(_all([self._got(_name(number), LONGEST_LINE) for number in some]))
            yield from (each or b"" for each in found)

    def bring(self, lines: Iterable[bytes]) -> None:
        """Interrupted, it goes on: lines are made some at once, so that the last of those may lack some before it."""
        had = self._newest()
        for some in _some(enumerate(lines, 1), _AT_ONCE):
            if any(number == had and self.read(_name(had), LONGEST_LINE) != line for number, line in some):
                return
            if some[-1][0] > had - _AT_ONCE:
                self._run(_all([self._made(number, line) for number, line in some]))

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


def _some(them: Iterable[T], most: int) -> Iterator[list[T]]:
    each = iter(them)
    while some := list(islice(each, most)):
        yield some


async def _all(works: list[Coroutine[Any, Any, T]]) -> list[T]:
    return list(await asyncio.gather(*works))
