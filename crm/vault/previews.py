"""What the file of a proof shows, page by page, to who may read it: a reading, attested as any other."""

from crm.guarded import documents
from crm.guarded.documents import DocumentPage
from crm.network import Network
from crm.vault.attested import Attested
from crm.vault.readings import read


def preview(network: Network, id: str, number: int = 1) -> Attested[DocumentPage]:
    """A page of the file of a proof. Raises as ``readings.read``, and ``InputError`` for what cannot be shown."""
    with read(network, id) as (record, stream, attestation):
        name, type = str(record.values.get("file_name", "")), str(record.values.get("media", ""))
        content = stream.read(documents.LARGEST + 1)
    return Attested(documents.page(content, type, name, number), attestation)
