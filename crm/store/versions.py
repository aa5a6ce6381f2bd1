"""Which versions of the schema are let in, and the sentence for those that are not."""

from crm.errors import StoreVersion
from graph_schema.migrations import SCHEMA_VERSION


def check_version(version: int, address: str, *, any_version: bool = False) -> None:
    """Raise ``StoreVersion`` for data of another schema than this software's; ``any_version`` lets older ones in."""
    if version > SCHEMA_VERSION:
        raise StoreVersion(
            f"« {address} » a été écrit par une version plus récente de Réseau 28 (schéma {version}, ici"
            f" {SCHEMA_VERSION}) : mettez le logiciel à jour ; rien n'a été changé."
        )
    if version < SCHEMA_VERSION and not any_version:
        raise StoreVersion(
            f"« {address} » date d'une version plus ancienne de Réseau 28 (schéma {version}, ici {SCHEMA_VERSION}) :"
            f' lancez « reseau28 --store "{address}" migrate », puis recommencez ; rien n\'a été changé.'
        )
