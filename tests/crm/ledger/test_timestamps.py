"""Receipts with a time-stamp, given by OpenSSL's own authority on the loopback and checked by ours, and the reverse."""

import base64
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

pytest.importorskip("rfc3161_client", reason="the optional dependency « timestamps » is not installed")
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from crm.days import here
from crm.errors import InputError, StoreError
from crm.ledger import chain, receipts, timestamps
from crm.ledger.receipts import Receipt
from crm.ledger.verdicts import judge
from crm.network import Network
from tests.crm.sealed import judged
from tests.ui.cli.conftest import home, partners_file, reseau28, three_partners  # noqa: F401  # fixtures
from tests.ui.cli.invocation import Reseau28

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs OpenSSL")

NOW = datetime.now(UTC)  # of the whole run: it may be long before a test
CONFIG = """
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """A certificate authority and the signer of its time-stamps, in a folder."""

    def __init__(self, folder: Path, *, ends: timedelta = timedelta(days=30)) -> None:
        folder.mkdir()
        self.folder = folder
        key, self.root = self._certificate("AC Exemple", None, None, timedelta(days=3650))
        signer_key, signer = self._certificate("Horodatage Exemple", key, self.root, ends)
        (folder / "root.pem").write_bytes(self.root.public_bytes(serialization.Encoding.PEM))
        (folder / "signer.pem").write_bytes(signer.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        (folder / "signer.key").write_bytes(signer_key.private_bytes(serialization.Encoding.PEM, form, plain))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    def _certificate(
        self, name: str, key: rsa.RSAPrivateKey | None, issuer: x509.Certificate | None, ends: timedelta
    ) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
        own = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(own.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=60))
            .not_valid_after(NOW + ends)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        )
        if issuer:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return own, builder.sign(key or own, hashes.SHA256())

    def reply(self, query: bytes) -> bytes:
        """What OpenSSL answers."""
        asked, given = self.folder / "query.tsq", self.folder / "reply.tsr"
        asked.write_bytes(query)
        subprocess.run(
            ["openssl", "ts", "-reply", "-queryfile", asked, "-config", self.folder / "tsa.cnf", "-section", "ours",
             "-out", given],
            check=True, capture_output=True,
        )  # fmt: skip
        return given.read_bytes()


@contextmanager
def serving(reply: Callable[[bytes], bytes], status: int = 200) -> Iterator[str]:
    """A server on the loopback that answers each request so; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority whose signer's certificate ends in a month."""
    return Authority(tmp_path_factory.mktemp("tsa") / "ac")


@pytest.fixture(scope="module")
def address(authority: Authority) -> Iterator[str]:
    """Its server."""
    with serving(authority.reply) as where:
        yield where


@pytest.fixture
def receipt(network: Network) -> Receipt:
    """A receipt of a network with one partner."""
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}))
    return receipts.issue(network)


def test_a_receipt_is_time_stamped_and_says_by_whom(
    network: Network, receipt: Receipt, address: str, authority: Authority, tmp_path: Path
) -> None:
    root = authority.folder / "root.pem"
    stamped = timestamps.stamped(receipt, address, root)
    receipts.write(stamped, tmp_path / "reçu.json")
    kept = receipts.read(tmp_path / "reçu.json")
    assert kept == stamped
    found = judge(network, kept, certificates=root)
    assert found.stamp is not None
    assert found.stamp.by == "Horodatage Exemple"
    assert abs(found.stamp.at - datetime.now(UTC)) < timedelta(minutes=10)
    assert found.sentences()[1].endswith("par Horodatage Exemple.")
    assert found.remarks == []


def test_openssl_finds_it_good_too(receipt: Receipt, address: str, authority: Authority, tmp_path: Path) -> None:
    stamped = timestamps.stamped(receipt, address)
    (tmp_path / "jeton.tsr").write_bytes(base64.b64decode(stamped.token))
    (tmp_path / "ligne").write_bytes(timestamps.message(receipt))
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-in", tmp_path / "jeton.tsr", "-data", tmp_path / "ligne",
         "-CAfile", authority.folder / "root.pem"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of a Unix shell")
def test_the_independent_verifier_says_how_a_token_is_verified(
    network: Network, receipt: Receipt, address: str, authority: Authority, tmp_path: Path
) -> None:
    stamped = timestamps.stamped(receipt, address)
    kept, folder, links = tmp_path / "l'année du reçu.json", tmp_path / "auditeur", tmp_path / "chaîne.jsonl"
    folder.mkdir()
    chain.write(network, links)
    receipts.write(stamped, kept)
    status, said, _ = judged(links, kept)
    assert (status, "jeton d'horodatage (RFC 3161) que ce vérificateur ne vérifie pas" in said) == (0, True)
    commands = [line for line in said.splitlines() if line.startswith("  ")]
    (folder / "autorite.pem").write_bytes((authority.folder / "root.pem").read_bytes())
    path = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def typed() -> str:
        script = "\n".join(commands)
        done = subprocess.run(["sh", "-c", script], cwd=folder, env=path, capture_output=True, text=True, check=False)
        return done.stdout

    assert "Verification: OK" in typed()
    kept.unlink()
    receipts.write(stamped.model_copy(update={"number": stamped.number + 1}), kept)
    assert "Verification: OK" not in typed()
    kept.unlink()
    receipts.write(receipt, kept)
    assert "jeton" not in judged(links, kept).out


def test_without_certificates_it_is_said_that_nobody_vouches(network: Network, receipt: Receipt, address: str) -> None:
    found = judge(network, timestamps.stamped(receipt, address))
    assert found.stamp is None
    assert [remark.code for remark in found.remarks] == ["timestamp_unchecked"]


def test_a_certificate_that_had_expired_is_said_and_nothing_given(receipt: Receipt, tmp_path: Path) -> None:
    late = Authority(tmp_path / "ac", ends=timedelta(days=-3))
    with serving(late.reply) as where:
        for trusted in (None, late.folder / "root.pem"):
            with pytest.raises(InputError, match=f"qui a expiré le {here(NOW - timedelta(days=3)):%d/%m/%Y}"):
                timestamps.stamped(receipt, where, trusted)


def test_a_certificate_that_has_expired_since_is_a_remark(
    network: Network, receipt: Receipt, address: str, authority: Authority
) -> None:
    root = authority.folder / "root.pem"
    stamped = timestamps.stamped(receipt, address, root)
    later = replace(network, clock=lambda: NOW + timedelta(days=400))
    found = judge(later, stamped, certificates=root)
    assert found.complete is True
    assert [remark.code for remark in found.remarks] == ["timestamp_certificate_expired"]


def test_a_token_of_another_head_of_a_stranger_or_broken_proves_nothing(
    network: Network, receipt: Receipt, address: str, authority: Authority, tmp_path: Path
) -> None:
    root = authority.folder / "root.pem"
    stamped = timestamps.stamped(receipt, address, root)
    with pytest.raises(InputError, match="celui d'un autre reçu"):
        judge(network, stamped.model_copy(update={"number": 0}), certificates=root)
    with pytest.raises(InputError, match="pas signé par un serveur de confiance"):
        judge(network, stamped, certificates=Authority(tmp_path / "autre").folder / "root.pem")
    for token in ("Bonjour!", "QUJD", stamped.token[: len(stamped.token) // 2 // 4 * 4]):
        with pytest.raises(InputError, match="est abîmé"):
            judge(network, stamped.model_copy(update={"token": token}), certificates=root)


def test_every_byte_of_a_token_counts(receipt: Receipt, address: str, authority: Authority) -> None:
    root = authority.folder / "root.pem"
    stamped = timestamps.stamped(receipt, address, root)
    content = base64.b64decode(stamped.token)
    for index in range(20, len(content)):
        changed = content[:index] + bytes([content[index] ^ 1]) + content[index + 1 :]
        try:
            found = timestamps.check(stamped.model_copy(update={"token": base64.b64encode(changed).decode()}), root)
        except InputError:
            continue
        assert (found.at, found.by) == (timestamps.check(stamped, root).at, "Horodatage Exemple")


def nothing(query: bytes) -> bytes:
    return b""


def a_page(query: bytes) -> bytes:
    return b"<html>Bonjour</html>"


@pytest.mark.parametrize("reply", [nothing, a_page])
def test_a_server_that_gives_no_token_is_said(receipt: Receipt, reply: Callable[[bytes], bytes]) -> None:
    with serving(reply) as where, pytest.raises(StoreError, match="n'a pas donné de jeton"):
        timestamps.stamped(receipt, where)


def test_an_answer_to_another_request_is_refused(receipt: Receipt, authority: Authority) -> None:
    kept: list[bytes] = []

    def same(query: bytes) -> bytes:
        kept[:] = kept or [authority.reply(query)]
        return kept[0]

    with serving(same) as where:
        timestamps.stamped(receipt, where)
        with pytest.raises(StoreError, match="à une autre demande"):
            timestamps.stamped(receipt, where)


def test_a_server_that_does_not_answer_is_said(receipt: Receipt) -> None:
    with serving(nothing, 503) as where, pytest.raises(StoreError, match=r"\(réponse 503\)"):
        timestamps.stamped(receipt, where)
    with pytest.raises(StoreError, match="connexion refusée"):
        timestamps.stamped(receipt, where)
    with pytest.raises(InputError, match="n'est pas l'adresse"):
        timestamps.stamped(receipt, "file:///etc/hostname")


@pytest.mark.timeout(60)
def test_a_server_that_answers_a_byte_at_a_time_is_not_waited_for(
    receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamps, "SECONDS", 1.0)
    over = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not over.wait(0.2):
                    self.wfile.write(b"x")

    with HTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(StoreError, match="pas de réponse à temps"):
                timestamps.stamped(receipt, f"http://127.0.0.1:{server.server_port}/")
        finally:
            over.set()
            server.shutdown()
            thread.join()


def test_a_server_that_sends_elsewhere_is_not_followed(receipt: Receipt, address: str) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(StoreError, match="réponse 302"):
            timestamps.stamped(receipt, f"http://127.0.0.1:{server.server_port}/")
        thread.join()


@pytest.mark.parametrize("where", ["http://", "http://[::1", "http://127.0.0.1:zéro/", "https://exemple .invalid/"])
def test_an_address_that_is_none_is_one_sentence(receipt: Receipt, where: str) -> None:
    with pytest.raises(StoreError, match="ne répond pas"):
        timestamps.stamped(receipt, where)


def test_a_token_that_cannot_be_of_this_receipt_is_refused_whoever_is_trusted(
    network: Network, receipt: Receipt, address: str
) -> None:
    stamped = timestamps.stamped(receipt, address)
    network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Atelier Fictif"}))
    with pytest.raises(InputError, match="celui d'un autre reçu"):
        judge(network, receipts.issue(network).model_copy(update={"token": stamped.token}))
    with pytest.raises(InputError, match="est abîmé"):
        judge(network, receipt.model_copy(update={"token": "QUJD"}))


def test_certificates_that_cannot_be_read_are_said(receipt: Receipt, address: str, tmp_path: Path) -> None:
    (tmp_path / "vide.pem").touch()
    for file in (tmp_path / "vide.pem", tmp_path / "absent.pem"):
        with pytest.raises(InputError, match="RESEAU28_TSA_CERTIFICATES"):
            timestamps.stamped(receipt, address, file)


def test_the_command_line_asks_and_checks(
    reseau28: Reseau28,  # noqa: F811
    partners_file: Path,  # noqa: F811
    tmp_path: Path,
    address: str,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RESEAU28_TSA", address)
    monkeypatch.setenv("RESEAU28_TSA_CERTIFICATES", str(authority.folder / "root.pem"))
    file = tmp_path / "reçu.json"
    assert "par Horodatage Exemple" in reseau28("--store", partners_file, "receipt", "--out", file).out
    held = reseau28("--store", partners_file, "verify", "--receipt", file, "--json").json
    assert held["verdicts"]["timestamp"]["by"] == "Horodatage Exemple"
    monkeypatch.setenv("RESEAU28_TSA", "http://127.0.0.1:9/")
    refused = reseau28("--store", partners_file, "receipt", "--out", tmp_path / "autre.json")
    assert (refused.status, len(refused.err.splitlines())) == (5, 1)
    assert not (tmp_path / "autre.json").exists()
