"""The invented provider: who it is, its sites, its training actions."""

from datetime import date
from typing import Any

from crm.demo import identifiers
from crm.demo.names import COLLEAGUES
from crm.demo.scene import SmallNetwork
from graph_schema.programmes import OfferedAt, Programme, ProgrammeCategory
from graph_schema.providers import Provider, ProviderCategory, Site, SiteOf
from graph_schema.territory import communes

PROVIDER = "prov-1"
ZONE = ("departement:62", "departement:59", "departement:80")
LAST_AUDIT_DAYS = 400
_SITES = (("site-1", "Arras", "62041"), ("site-2", "Béthune", "62119"), ("site-3", "Amiens", "80021"))
_SIRET = 500_000

_TRAINING, _APPRENTICESHIP = ProgrammeCategory.TRAINING, ProgrammeCategory.APPRENTICESHIP

# Title, certification, category, ROME, sites, and why the indicator does not apply where there is no period at work.
_PROGRAMMES: tuple[tuple[str, str | None, ProgrammeCategory, tuple[str, ...], tuple[int, ...], str], ...] = (
    ("BTS Management commercial opérationnel", "RNCP38362", _APPRENTICESHIP, ("D1406",), (1, 2, 3), ""),
    ("CAP Électricien", "RNCP38401", _APPRENTICESHIP, ("F1602",), (2,), ""),
    ("Titre professionnel Conseiller en insertion professionnelle", "RNCP37274", _TRAINING, ("K1801",),
     (1,), ""),
    ("Titre professionnel Employé commercial", "RNCP37099", _TRAINING, ("D1507",), (1, 2), ""),
    ("CAP Menuisier fabricant", "RNCP37257", _APPRENTICESHIP, ("H2206",), (2,), ""),
    ("Conduite d'équipements industriels, parcours AFEST", "RNCP37275", _TRAINING, ("H2903",), (2,), ""),
    ("CAP Pâtissier", "RNCP38765", _APPRENTICESHIP, ("D1104",), (1,), ""),
    ("Bilan de compétences", None, ProgrammeCategory.ASSESSMENT, (), (1, 2, 3),
     "Un bilan de compétences ne comporte pas de période en situation de travail."),
    ("Bureautique, de l'initiation au perfectionnement", "RS6159", _TRAINING, ("M1607",), (1, 3),
     "Formation entièrement en centre, sans période en situation de travail."),
)  # fmt: skip


def add(scene: SmallNetwork, zone: tuple[str, ...] = ZONE) -> None:
    """Note the provider, its sites and its programmes; an empty ``zone`` makes every territory count."""
    stamp = scene.stamp(scene.start, COLLEAGUES[0], "Démonstration : notre organisme et nos actions de formation")
    book = scene.book
    book.node(stamp, Provider.TYPE, PROVIDER, _values(scene.on, zone))
    for number, (id, city, commune) in enumerate(_SITES, 1):
        values = {"name": f"Site d'{city}" if city[0] == "A" else f"Site de {city}", "commune": commune}
        address = f"{number} rue du Réseau Exemple, {communes()[commune].postal_codes[0]} {city}"
        book.node(stamp, Site.TYPE, id, {**values, "address": address, "siret": identifiers.siret(_SIRET + number)})
        book.link(stamp, SiteOf.TYPE, id, PROVIDER)
    for number, (title, certification, category, rome, sites, reason) in enumerate(_PROGRAMMES, 1):
        id = book.node(stamp, Programme.TYPE, f"prog-{number:02}", {
            "title": title, "certification": certification, "category": category, "rome": list(rome),
            "at_work": not reason, "not_applicable_reason": reason or None, "audited": not reason,
        })  # fmt: skip
        for site in sites:
            book.link(stamp, OfferedAt.TYPE, id, f"site-{site}")


def _values(on: date, zone: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": "CFA Exemple de l'Artois",
        "siret": identifiers.siret(_SIRET),
        "nda": "32620000000",
        "category": ProviderCategory.OF_CFA,
        "representative": "Mme Aline Exemple, directrice générale",
        "quality_lead": "M. Victor Fictif, référent qualité",
        "address": "1 rue du Réseau Exemple, 62000 Arras",
        "phone": "03 53 01 00 01",
        "email": "contact@cfa-exemple-artois.example",
        "mail_domains": ["cfa-exemple-artois.example"],
        "zone": list(zone),
        "certifier": "Certification Exemple",
        "last_audit_on": date.fromordinal(on.toordinal() - LAST_AUDIT_DAYS),
        "next_audit_on": date.fromordinal(on.toordinal() + 75),
    }
