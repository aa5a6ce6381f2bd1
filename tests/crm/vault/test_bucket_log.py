"""The access log in a bucket: few requests for many lines, a copy that is never believed, a restart that is alone."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crm.errors import StoreBusy, StoreError
from crm.vault import bucket, s3
from crm.vault.access import AccessLog, Act, latest
from crm.vault.bucket import Bucket
from crm.vault.folder import Folder
from crm.vault.medium import Medium
from tests.crm.vault.conftest import TODAY

MANY = 230
"""Lines: two whole hundreds, of which the first has but ninety-nine, and the beginning of a third."""


def lived(medium: Medium) -> AccessLog:
    """A log of many lines."""
    log = AccessLog(medium)
    for turn in range(MANY):
        log.attest(Act.LIST, "C. Exemple", TODAY, detail=f"tour {turn}")
    return log


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The lines of such a log."""
    return [*lived(Folder(tmp_path_factory.mktemp("coffre"))).lines()]


@pytest.fixture
def name(new_bucket: Callable[[], str], written: list[bytes]) -> str:
    """A bucket with these lines."""
    made = new_bucket()
    Bucket(made).bring(written)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> "Counter[str]":
    """The requests that are made, by kind."""
    counted: Counter[str] = Counter()
    call = Bucket._call

    async def counting(self: Bucket, method: str, **given: Any) -> Any:
        counted[method] += 1
        return await call(self, method, **given)

    monkeypatch.setattr(Bucket, "_call", counting)
    return counted


def objects(name: str) -> Any:
    """The objects of a bucket, as anybody may change them."""
    server = s3.file_system()
    server.invalidate_cache()
    return server.get_mapper(name)


@pytest.mark.parametrize("way", ["one by one", "brought"])
def test_a_hundred_lines_cost_one_request(
    new_bucket: Callable[[], str], written: list[bytes], way: str, asked: "Counter[str]"
) -> None:
    name = new_bucket()
    if way == "brought":
        Bucket(name).bring(written)
    else:
        lived(Bucket(name))
        assert asked.total() < 3.2 * MANY
    asked.clear()
    assert [*Bucket(name).lines()] == written
    assert asked == {"list_objects_v2": 1, "get_object": 2 + MANY - 199}
    asked.clear()
    assert AccessLog(Bucket(name)).head().number == MANY
    assert asked["get_object"] == 1
    asked.clear()
    newest = [each.number for each in latest(Bucket(name), 200)]
    assert newest == [*range(MANY, MANY - 200, -1)]
    assert asked.total() < 50
    assert [each.number for each in latest(Bucket(name), 10 * MANY)] == [*range(MANY, 0, -1)]


@pytest.mark.parametrize("number", [1, 99, 100, 150, 199, 200])
def test_a_line_that_was_altered_is_found_whatever_the_copy_says(name: str, number: int) -> None:
    files, log = objects(name), AccessLog(Bucket(name))
    which = f"access/000/000/{number:03}"
    before = files[which]
    files[which] = before.replace(b"C. Exemple", b"M. Fictif ")
    assert log.broken_at() == number
    del files[which]
    assert log.broken_at() == number
    files[which] = before
    assert log.broken_at() is None


def test_a_copy_that_was_altered_is_of_no_use_and_no_fault(name: str) -> None:
    files, log = objects(name), AccessLog(Bucket(name))
    copy = files["access/000/000/1.jsonl"]
    for altered in (b"", b"\n", bytes(9), copy[: len(copy) // 2], copy.replace(b"tour 120", b"tour 999"), copy[::-1]):
        files["access/000/000/1.jsonl"] = altered
        assert [each.detail for each in log.entries() if each] == [f"tour {turn}" for turn in range(MANY)]
    del files["access/000/000/1.jsonl"]
    assert log.broken_at() is None


def test_nobody_writes_while_the_log_is_restarted(name: str) -> None:
    log, told = AccessLog(Bucket(name)), list[str]()

    class Busy(Bucket):
        def place(self, part: Any, name: str) -> None:
            super().place(part, name)
            attempts: list[Callable[[], object]] = [
                lambda: log.attest(Act.LIST, "M. Fictif", TODAY), lambda: log.restart("M. Fictif", TODAY, "Essai"),
            ]  # fmt: skip
            for attempt in attempts:
                with pytest.raises((StoreError, StoreBusy)) as refused:
                    attempt()
                told.append(str(refused.value))

    line = AccessLog(Busy(name)).restart("C. Exemple", TODAY, "Essai")
    assert [("recommencé" in each, "occupé par un autre" in each) for each in told] == [(True, False), (False, True)]
    assert log.attest(Act.LIST, "C. Exemple", TODAY).number == 2
    assert (log.broken_at(), [whole for _, whole in log.asides()]) == (None, [True])
    assert len([*log.aside(line.about)]) == MANY
    assert sorted(objects(name)) == ["access-20261120-090000.jsonl", "access/000/000/001", "access/000/000/002"]


def test_a_log_that_is_gone_is_restarted_alone_too(new_bucket: Callable[[], str]) -> None:
    name = new_bucket()
    log = AccessLog(Bucket(name))
    log.restart("C. Exemple", TODAY, "Essai")
    assert (log.attest(Act.LIST, "C. Exemple", TODAY).number, log.broken_at()) == (2, None)


class Killed(Exception):
    """What stands for the end of the process."""


@pytest.mark.parametrize("step", [1, 2, 3, 7, MANY + 4, MANY + 5])
def test_a_restart_that_was_killed_is_done_again_and_loses_nothing(
    name: str, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, left, call = AccessLog(Bucket(name)), [step], Bucket._call
    before = [*log.lines()]

    async def dying(self: Bucket, method: str, **given: Any) -> Any:
        done = await call(self, method, **given)
        if method in ("put_object", "delete_object"):
            left[0] -= 1
            if left[0] == 0:
                raise Killed
        return done

    with monkeypatch.context() as patched:
        patched.setattr(bucket, "_AT_ONCE", 1)
        patched.setattr(Bucket, "_call", dying)
        with pytest.raises(Killed):
            log.restart("C. Exemple", TODAY, "Essai")
    with pytest.raises(StoreError, match="recommencé"):
        log.attest(Act.LIST, "C. Exemple", TODAY)
    with pytest.raises(StoreBusy):
        log.restart("C. Exemple", TODAY, "Encore")
    monkeypatch.setattr(bucket, "_ABANDONED", -1.0)
    log.restart("C. Exemple", TODAY, "Encore")
    assert log.attest(Act.LIST, "C. Exemple", TODAY).number == 2
    assert log.broken_at() is None
    kept = {line for aside in log.aside_names() for line in log.aside(aside)}
    assert set(before) <= kept


def test_what_is_written_beside_a_restart_is_in_one_log_or_the_other(name: str) -> None:
    over, written = threading.Event(), list[str]()

    def write(instance: int) -> Iterator[None]:
        log, turn = AccessLog(Bucket(name)), 0
        while not over.wait(0.1):  # as people do: who never stops may keep a restart out, which is then refused
            turn += 1
            try:
                written.append(log.attest(Act.LIST, "M. Fictif", TODAY, detail=f"{instance}, {turn}").digest)
            except StoreError:
                yield
            yield

    writers = [threading.Thread(target=lambda n=n: [*write(n)]) for n in range(2)]
    for each in writers:
        each.start()
    log = AccessLog(Bucket(name))
    try:
        while not written:
            over.wait(0.05)
        log.restart("C. Exemple", TODAY, "Essai")
    finally:
        over.set()
        for each in writers:
            each.join()
    assert log.broken_at() is None
    (aside,) = log.aside_names()
    lines = [line.decode() for line in (*log.aside(aside), *log.lines())]
    assert written
    assert all(any(digest in line for line in lines) for digest in written)
