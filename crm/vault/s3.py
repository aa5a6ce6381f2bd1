"""An S3 server: how it is reached, how long it is waited for, and in which words people are told what it refuses.

Keys come from the environment or from the files of the AWS tools. Nothing else is looked for, least of all on the
network: neither the metadata of a machine at a host nor a single sign-on.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from crm.vault.medium import Refused

if TYPE_CHECKING:
    from s3fs import S3FileSystem

CONNECT, READ, ATTEMPTS = 5.0, 30.0, 3
"""Seconds for a connection, seconds without a byte of an answer, and how often a request is made before giving up."""

_KEYS = ("env", "shared-credentials-file", "config-file")
_CODE = re.compile(r"[A-Za-z0-9]{1,40}")
_KEY_REFUSED, _BUSY = "clés d'accès refusées", "le serveur est occupé ou en panne"
_ELSEWHERE = "ce compartiment est dans une autre région : réglez AWS_DEFAULT_REGION"
_UNREACHED, _DENIED, _FULL, _LATE = "serveur injoignable", "accès refusé", "plus de place", "pas de réponse à temps"
_REASONS = {
    "NoSuchBucket": "ce compartiment n'existe pas", "InvalidBucketName": "ce nom de compartiment n'est pas permis",
    "InvalidAccessKeyId": _KEY_REFUSED, "SignatureDoesNotMatch": _KEY_REFUSED, "InvalidToken": _KEY_REFUSED,
    "ExpiredToken": "clés d'accès périmées", "RequestTimeTooSkewed": "l'horloge de cette machine n'est pas à l'heure",
    "AccessDenied": _DENIED, "AllAccessDisabled": _DENIED, "403": _DENIED,
    "SlowDown": _BUSY, "ServiceUnavailable": _BUSY, "InternalError": _BUSY, "500": _BUSY, "502": _BUSY, "503": _BUSY,
    "QuotaExceeded": _FULL, "InsufficientCapacity": _FULL, "XMinioStorageFull": _FULL, "507": _FULL,
    "PermanentRedirect": _ELSEWHERE, "AuthorizationHeaderMalformed": _ELSEWHERE, "301": _ELSEWHERE,
    "NoCredentialsError": "ni AWS_ACCESS_KEY_ID ni AWS_SECRET_ACCESS_KEY ne sont réglées",
    "PartialCredentialsError": "il manque AWS_ACCESS_KEY_ID ou AWS_SECRET_ACCESS_KEY",
    "EndpointConnectionError": _UNREACHED, "ConnectionClosedError": _UNREACHED, "HTTPClientError": _UNREACHED,
    "ConnectTimeoutError": _LATE, "ReadTimeoutError": _LATE, "TimeoutError": _LATE, "FSTimeoutError": _LATE,
    "RequestTimeout": _LATE, "SSLError": "son certificat n'est pas reconnu",
    "ProfileNotFound": "le profil que nomme AWS_PROFILE n'existe pas",
    "ValueError": "AWS_ENDPOINT_URL n'est pas une adresse",
}  # fmt: skip
_ABSENT = frozenset(("NoSuchKey", "404", "FileNotFoundError"))
_TAKEN = frozenset(("PreconditionFailed", "ConditionalRequestConflict", "412", "FileExistsError"))


def file_system() -> "S3FileSystem":
    """The server that the environment names, kept as long as the environment stays the same."""
    return _file_system(tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))))


@contextmanager
def asked() -> Iterator[None]:
    """Tell what a server answered to the requests made here, by ``OSError`` only.

    Raises ``FileNotFoundError`` and ``FileExistsError`` for objects, ``Refused`` for the rest, and what the system
    refused as it is. No word of the server, which may quote what it was sent, goes further.
    """
    try:
        yield
    except Exception as error:  # of four libraries under each other, and whatever any of them lets through
        raise _told(error) from None


@lru_cache(maxsize=4)
def _file_system(environment: tuple[tuple[str, str], ...]) -> "S3FileSystem":
    from aiobotocore.session import AioSession  # loads only where a bucket is used
    from s3fs import S3FileSystem

    session = AioSession()
    resolver = session.get_component("credential_provider")
    resolver.providers = [each for each in resolver.providers if each.METHOD in _KEYS]
    config = {
        "connect_timeout": CONNECT, "read_timeout": READ,
        "retries": {"total_max_attempts": ATTEMPTS, "mode": "standard"},
        "request_checksum_calculation": "when_required", "response_checksum_validation": "when_required",
    }  # fmt: skip
    made = S3FileSystem(session=session, config_kwargs=config, skip_instance_cache=True)
    made.retries = 1  # the client's own are enough
    return made


def _told(error: Exception) -> OSError:
    cause = error.__cause__ if isinstance(error, OSError) and error.__cause__ else error
    answer = getattr(cause, "response", None)
    code = str(answer.get("Error", {}).get("Code", "")) if isinstance(answer, dict) else type(cause).__name__
    if isinstance(error, Refused):
        return error  # told already
    if code in _ABSENT:
        return FileNotFoundError()
    if code in _TAKEN:
        return FileExistsError()
    if code in _REASONS:
        return Refused(None, _REASONS[code])
    if isinstance(error, OSError) and answer is None and error.errno:
        return error  # of this machine
    return Refused(None, f"réponse inattendue : {code}" if _CODE.fullmatch(code) else "réponse inattendue")
