"""Time-stamps (RFC 3161): someone who has nothing to gain signs that a head of the journal was there at an instant.

A receipt says its own instant on our word only. A time-stamp server signs the digest of one line, ``message``, which
whoever holds the receipt can write again and check with other tools.
"""

import base64
import hashlib
import socket
import threading
import urllib.request
from datetime import datetime
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError, URLError

from crm.days import here, moment
from crm.errors import InputError, StoreError
from crm.files import paths
from crm.files.system_errors import reason
from crm.ledger.receipts import Receipt
from graph_schema.limits import Wait
from graph_schema.wording import short_date

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

SECONDS = Wait(15, "Attente d'un serveur d'horodatage", "le reçu n'est pas fait, et c'est dit")
_LARGEST = 64 << 10
_TYPES = "application/timestamp-query", "application/timestamp-reply"
_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_MISSING = "L'horodatage demande un complément : installez « rfc3161-client », ou videz RESEAU28_TSA."


class TimeStamp(NamedTuple):
    """What a token says: the instant, who signed, and when the signer's certificate ends."""

    at: datetime
    by: str
    until: datetime

    @property
    def words(self) -> str:
        """In words: « horodaté le 12/03/2026 à 09:05 par … »."""
        return f"horodaté le {moment(self.at)} par {self.by}"


def message(receipt: Receipt) -> bytes:
    """What is signed: one line that names the network, the number and the digest."""
    return f"reseau28 {receipt.dataset} {receipt.number} {receipt.digest}\n".encode()


def stamped(receipt: Receipt, address: str, certificates: Path | None = None) -> Receipt:
    """The receipt with the token that the server at ``address`` gives for it.

    Raises ``StoreError`` when the server gives none, ``InputError`` when what it gives proves nothing: its certificate
    has expired, or ``certificates`` (a PEM file of those that are trusted) do not vouch for it.
    """
    try:
        from rfc3161_client import TimestampRequestBuilder
    except ImportError:
        raise InputError(_MISSING, code="no_timestamps") from None
    if not address.lower().startswith(("http://", "https://")):
        raise InputError(f"« {address} » n'est pas l'adresse d'un serveur d'horodatage (http:// ou https://).")
    request = TimestampRequestBuilder().data(message(receipt)).build()
    answer = _asked(address, request.as_bytes())
    try:
        nonce = _decoded(answer).tst_info.nonce
    except ValueError:
        raise StoreError(
            f"Le serveur d'horodatage {address} n'a pas donné de jeton : essayez-en un autre.", code="tsa"
        ) from None
    if nonce != request.nonce:
        raise StoreError(f"Le serveur d'horodatage {address} a répondu à une autre demande : réessayez.", code="tsa")
    given = receipt.model_copy(update={"token": base64.b64encode(answer).decode()})
    if certificates:
        check(given, certificates)
    else:
        _coherent(given)
    return given


def check(receipt: Receipt, certificates: Path) -> TimeStamp:
    """What the token of ``receipt`` proves, once found to be of this receipt and signed in time by who is trusted.

    Raises ``InputError`` when it proves nothing.
    """
    try:
        from rfc3161_client import VerifierBuilder
    except ImportError:
        raise InputError(_MISSING, code="no_timestamps") from None
    response, signer = _coherent(receipt)
    verifier = VerifierBuilder(roots=_roots(certificates)).build()
    try:
        verifier.verify_message(response, message(receipt))
    except Exception:  # its own error, or for a certificate that is broken any of those of what reads certificates
        raise _refused("n'est pas signé par un serveur de confiance", receipt) from None
    return TimeStamp(response.tst_info.gen_time, _name(signer), signer.not_valid_after_utc)


def require_coherent(receipt: Receipt) -> None:
    """Raise ``InputError`` for a token that is none, or is of another receipt, whoever signed it.

    Without what reads tokens, nothing is known of it.
    """
    if find_spec("rfc3161_client"):
        _coherent(receipt)


def _coherent(receipt: Receipt) -> "tuple[TimeStampResponse, Certificate]":
    """The token and the certificate of who signed it, without asking yet whether anyone vouches for them."""
    try:  # what is broken in a token is found where it is read
        response = _decoded(base64.b64decode(receipt.token, validate=True))
        info = response.tst_info
        imprint, at, signer = info.message_imprint, info.gen_time, _signer(response)
        hashed = imprint.hash_algorithm.dotted_string, imprint.message
        begins, ends = signer.not_valid_before_utc, signer.not_valid_after_utc
    except Exception:  # a ValueError mostly, but any of those of what reads certificates
        raise _refused("est abîmé", receipt) from None
    if hashed not in {(oid, hashlib.new(name, message(receipt)).digest()) for oid, name in _HASHES.items()}:
        raise _refused("est celui d'un autre reçu", receipt)
    if not begins <= at <= ends:
        raise _refused(f"a été signé avec un certificat qui a expiré le {short_date(here(ends).date())}", receipt)
    return response, signer


def _refused(why: str, receipt: Receipt) -> InputError:
    return InputError(f"L'horodatage du {receipt.named} {why} : il ne prouve rien.", field="receipt", code="timestamp")


class _NoOther(urllib.request.HTTPRedirectHandler):
    """The digest goes to the server that someone has chosen, and to no other that it names."""

    def redirect_request(self, *_: object) -> None:
        return None


def _asked(address: str, query: bytes) -> bytes:
    """What the server answers. Raises ``StoreError`` where there is none in time."""
    answered = Queue[bytes | Exception](1)
    # Waits of the network are each bounded there, and not their sum: a name, or a byte at a time, may take for ever.
    threading.Thread(target=lambda: answered.put(_answer(address, query)), daemon=True).start()
    try:
        answer = answered.get(timeout=SECONDS)
    except Empty:
        answer = TimeoutError()
    if isinstance(answer, Exception):
        raise StoreError(
            f"Le serveur d'horodatage {address} ne répond pas ({_why(answer)}) : réessayez, ou videz RESEAU28_TSA pour"
            " un reçu sans horodatage.",
            code="tsa",
        ) from None
    return answer


def _answer(address: str, query: bytes) -> bytes | Exception:
    """What comes back, or what came in the way."""
    try:
        request = urllib.request.Request(address, query, {"Content-Type": _TYPES[0], "Accept": _TYPES[1]})
        opener = urllib.request.build_opener(_NoOther)
        with opener.open(request, timeout=SECONDS) as answer:  # http or https: looked at before
            content: bytes = answer.read(_LARGEST)
            return content
    except (OSError, ValueError, HTTPException) as error:
        return error


def _why(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    match cause:
        case _ if isinstance(error, HTTPError):
            return f"réponse {error.code}"
        case TimeoutError():
            return "pas de réponse à temps"
        case socket.gaierror():
            return "nom inconnu"
        case OSError():
            return reason(cause)
    return "réponse qui n'en est pas une"


def _decoded(answer: bytes) -> "TimeStampResponse":
    """The answer of a server. Raises ``ValueError`` for what is none, or gives no token."""
    from rfc3161_client import decode_timestamp_response

    response = decode_timestamp_response(answer)
    if response.status != 0:
        raise ValueError("no token was granted")
    return response


def _signer(response: "TimeStampResponse") -> "Certificate":
    from cryptography.x509 import load_der_x509_certificate

    signed = response.signed_data
    signers = {(each.issuer, each.serial_number) for each in signed.signer_infos}
    certificates = map(load_der_x509_certificate, signed.certificates)
    found = [each for each in certificates if (each.issuer, each.serial_number) in signers]
    if len(found) != 1:  # a second one could say another name and other dates than the one that is verified
        raise ValueError("not one certificate of who signed")
    return found[0]


def _name(certificate: "Certificate") -> str:
    from cryptography.x509 import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


def _roots(file: Path) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found: list[Certificate] = load_pem_x509_certificates(paths.content(file))
        return found
    except OSError as error:
        why = reason(error)
    except ValueError:
        why = "aucun certificat PEM"
    raise InputError(f"« {file} » (RESEAU28_TSA_CERTIFICATES) ne peut pas être lu : {why}.", code="certificates")
