"""The proxies in front of the application that are believed when they say for whom they ask, and how it came to them.

Only addresses and networks that the setting ``RESEAU28_TRUSTED_PROXIES`` declares: from anyone else, and from this very
machine too unless it is declared, ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are what a stranger wrote.
"""

import ipaddress
import os

from crm.errors import InputError

VARIABLE = "RESEAU28_TRUSTED_PROXIES"


def trusted() -> list[str]:
    """The addresses and networks declared. Raises ``InputError`` for what is neither."""
    declared = os.environ.get(VARIABLE, "").replace(",", " ").split()
    for each in declared:
        try:
            network = ipaddress.ip_network(each, strict=False)
        except ValueError:
            raise InputError(
                f"{VARIABLE} : « {each} » n'est ni une adresse (192.0.2.7) ni un réseau (192.0.2.0/24).",
                field="trusted_proxies",
            ) from None
        if network.prefixlen == 0:
            raise InputError(
                f"{VARIABLE} : « {each} » croirait tout le monde ; donnez l'adresse du serveur mandataire.",
                field="trusted_proxies",
            )
    return [str(ipaddress.ip_network(each, strict=False)) if "/" in each else each for each in declared]
