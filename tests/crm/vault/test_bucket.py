"""What only a bucket does: a server that refuses is told in one sentence, and no number of a line is taken twice."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from crm.errors import InputError, StoreError
from crm.ledger.verify import verify
from crm.network import Network
from crm.store import open_store
from crm.upkeep import backup as backups
from crm.upkeep import copying
from crm.vault import bucket, deposits, readings, s3
from crm.vault.access import AccessLog, Act
from crm.vault.bucket import Bucket, bucket_at
from crm.vault.checking import faults
from crm.vault.files import Vault
from crm.vault.place import Marker, marked
from tests.crm.conftest import ADMIN
from tests.crm.upkeep.test_backup import OnServer
from tests.crm.vault.conftest import PDF, TODAY, name_of, put, raw
from tests.s3_server.fixtures import KEY, SECRET

ANSWER = "<Error><Code>{}</Code><Message>{} {}</Message></Error>"


@pytest.fixture
def on_bucket(in_folder: Network, new_bucket: Callable[[], str]) -> Network:
    """A network with two partners, as if on a server, with a bucket."""
    return Network(OnServer(in_folder), ADMIN, lambda: TODAY, vault=f"s3://{new_bucket()}/coffre")


@contextmanager
def answering(status: int, body: str) -> Iterator[str]:
    """The address of a server that answers everything so."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_PUT = do_HEAD = do_DELETE = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def refusal(network: Network) -> str:
    """What is said of a deposit that the bucket does not take."""
    with pytest.raises(StoreError) as told:
        put(network)
    assert KEY not in str(told.value)
    assert SECRET not in str(told.value)
    assert [fault.message for fault in faults(network)] == [str(told.value)]
    return str(told.value)


def test_a_bucket_that_does_not_exist_is_told(on_bucket: Network) -> None:
    assert "(ce compartiment n'existe pas)" in refusal(
        Network(on_bucket.store, ADMIN, vault="s3://inconnu-de-tous/coffre")
    )


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, "InvalidAccessKeyId", "clés d'accès refusées"),
        (403, "SignatureDoesNotMatch", "clés d'accès refusées"),
        (400, "ExpiredToken", "clés d'accès périmées"),
        (403, "AccessDenied", "accès refusé"),
        (403, "RequestTimeTooSkewed", "pas à l'heure"),
        (503, "SlowDown", "occupé ou en panne"),
        (500, "InternalError", "occupé ou en panne"),
        (507, "XMinioStorageFull", "plus de place"),
        (400, "Autre", "réponse inattendue : Autre"),
        (400, "Autre chose, avec des mots", "(réponse inattendue)"),
    ],
)
def test_what_a_server_refuses_is_told_and_not_its_words(
    on_bucket: Network, monkeypatch: pytest.MonkeyPatch, status: int, code: str, words: str
) -> None:
    monkeypatch.setattr(s3, "ATTEMPTS", 1)
    with answering(status, ANSWER.format(code, KEY, SECRET)) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        assert words in refusal(on_bucket)


@pytest.mark.parametrize("body", ["", "<html>Bonjour</html>", "{}"])
def test_a_server_that_is_none_of_s3_is_told(on_bucket: Network, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr(s3, "ATTEMPTS", 1)
    with answering(404, body) as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        assert "ne peut pas être lu ou écrit" in refusal(on_bucket)


def test_a_server_out_of_reach_or_silent_is_told(on_bucket: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "ATTEMPTS", 1)
    monkeypatch.setattr(s3, "READ", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        assert "(pas de réponse à temps)" in refusal(on_bucket)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"{address}/")  # nobody is there any more
    assert "(serveur injoignable)" in refusal(on_bucket)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "n'importe quoi")
    assert "(AWS_ENDPOINT_URL n'est pas une adresse)" in refusal(on_bucket)


def test_without_keys_nobody_is_asked_for_them(on_bucket: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    with socket.create_server(("127.0.0.1", 0)) as metadata:
        metadata.setblocking(False)
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", f"http://127.0.0.1:{metadata.getsockname()[1]}")
        assert "ni AWS_ACCESS_KEY_ID ni AWS_SECRET_ACCESS_KEY" in refusal(on_bucket)
        with pytest.raises(BlockingIOError):
            metadata.accept()


def test_a_profile_that_nobody_wrote_is_told(on_bucket: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "fictif")
    assert "(le profil que nomme AWS_PROFILE n'existe pas)" in refusal(on_bucket)


def test_a_server_that_lets_two_take_one_name_is_refused(on_bucket: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Bucket, "read", lambda *_: None)
    with answering(200, "<ListBucketResult></ListBucketResult>") as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        with pytest.raises(StoreError, match="ne réserve pas un nom"):
            put(on_bucket)


def test_without_s3fs_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(InputError, match=r"pip install 'reseau28\[s3\]'"):
        bucket_at("s3://coffre/preuves")


def test_instances_that_write_at_once_never_take_one_number(new_bucket: Callable[[], str]) -> None:
    name = new_bucket()

    def attest(instance: int) -> list[int]:
        log = AccessLog(Bucket(name))
        return [log.attest(Act.LIST, "C. Exemple", TODAY, detail=f"{instance}, {turn}").number for turn in range(8)]

    with ThreadPoolExecutor(4) as instances:
        numbers = [number for found in instances.map(attest, range(4)) for number in found]
    assert sorted(numbers) == [*range(1, 33)]
    assert AccessLog(Bucket(name)).broken_at() is None
    assert len({entry.detail for entry in AccessLog(Bucket(name)).entries() if entry}) == 32


def test_a_line_renamed_or_taken_away_is_found(on_bucket: Network) -> None:
    put(on_bucket)
    for _ in range(3):
        readings.listing(on_bucket)
    files = raw(on_bucket)
    lines = {name: files[name] for name in sorted(files) if name.startswith("access/")}
    last = files.pop("access/000/000/004")
    files["access/000/001/004"] = last  # under a later number
    assert [(fault.code, fault.where) for fault in verify(on_bucket)] == [("access_log_altered", "4")]
    del files["access/000/001/004"]
    files.update(lines)
    del files["access/000/000/002"]
    assert [(fault.code, fault.where) for fault in verify(on_bucket)] == [("access_log_altered", "2")]
    files.update(lines)
    files["access/note.txt"] = b"x"  # of somebody else
    assert verify(on_bucket) == []


def test_a_log_that_was_half_brought_is_brought_to_its_end(new_bucket: Callable[[], str]) -> None:
    here, there, other = (Bucket(new_bucket()) for _ in range(3))
    for _ in range(40):
        AccessLog(here).attest(Act.LIST, "C. Exemple", TODAY)
    lines = [*here.lines()]
    for number in (*range(1, 33), 34, 36):
        there.create(bucket._name(number), lines[number - 1])
    AccessLog(other).attest(Act.COUNT, "M. Fictif", TODAY)
    for medium in (there, other):
        medium.bring(AccessLog(here).lines())
        medium.bring(AccessLog(here).lines())
    assert [*there.lines()] == lines
    assert len([*other.lines()]) == 1  # it had one of its own


def test_what_is_larger_than_any_deposit_is_not_fetched_whole(
    new_bucket: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    medium = Bucket(new_bucket())
    marked(medium, Marker("0" * 16, "réseau"))
    digest = Vault(medium, "0" * 16).put(BytesIO(PDF * 100), "Convention.pdf").sha256
    monkeypatch.setattr(bucket, "LARGEST", len(PDF))
    with medium.opened(f"files/{digest[:2]}/{digest}") as stream:
        assert len(stream.read()) == len(PDF) + 1
    with pytest.raises(StoreError, match="n'est plus celui"), Vault(medium, "0" * 16).opened(digest):
        pass


def test_a_network_moves_to_a_bucket_and_back_with_its_files(
    in_folder: Network, new_bucket: Callable[[], str], tmp_path: Path
) -> None:
    id = put(in_folder)
    file = tmp_path / "sauvegarde.r28"
    backups.backup(in_folder, file)
    with (
        closing(open_store(str(tmp_path / "ailleurs.db"))) as store,
        closing(open_store(str(tmp_path / "t.db"))) as last,
    ):
        served = Network(OnServer(Network(store, ADMIN)), ADMIN, lambda: TODAY, vault=f"s3://{new_bucket()}")
        backups.restore(file, served)
        assert verify(served) == []
        put(served, PDF + b"2")
        del raw(served)[name_of(served, id)]
        deposits.revise(served, id, BytesIO(PDF + b"3"), "Signée.pdf")
        assert [fault.code for fault in verify(served)] == ["file_missing"]
        back = Network(last, ADMIN, lambda: TODAY)
        copying.copy_whole(served, back)
        assert len(readings.listing(back).value) == 2
        assert [fault.code for fault in verify(back)] == ["file_missing"]
        assert len(readings.journal(back).value) == 5
