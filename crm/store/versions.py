"""Which versions of the schema are let in, and the sentence for those that are not."""

from crm.errors import StoreVersion
from graph_schema.migrations import SCHEMA_VERSION


def check_version(version: object, address: str, *, any_version: bool = False) -> None:
    """Raise ``StoreVersion`` for data of another schema than this software's; ``any_version`` lets older ones in.

    No ``version`` but a whole number from 0 on is one of ours: whatever else stands there is let in by nothing.
    """
    if not isinstance(version, int) or isinstance(version, bool) or version < 0:
        raise StoreVersion(
            f"« {address} » se dit d'un schéma qui n'a jamais existé : sa version a été altérée ; restaurez une"
            " sauvegarde ; rien n'a été changé."
        )
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
