"""Trades of the companies: how they are called, activity code, collective agreement and OPCO."""

from typing import NamedTuple

from graph_schema.vocabularies import Opco


class Trade(NamedTuple):
    """A trade: NAF rév. 2, IDCC, OPCO, and the programmes (ids) for which its companies host."""

    name: str
    naf: str
    idcc: str
    opco: Opco
    programmes: tuple[str, ...] = ()


COMMERCE, ELECTRICIAN, ADVISER, SALES, JOINER, OPERATOR, PASTRY = (f"prog-{n:02}" for n in range(1, 8))

TRADES = (
    Trade("Garage", "45.20A", "1090", Opco.MOBILITIES, (COMMERCE,)),
    Trade("Boulangerie", "10.71C", "0843", Opco.EP, (SALES,)),
    Trade("Pâtisserie", "10.71D", "1267", Opco.EP, (SALES,)),
    Trade("Électricité", "43.21A", "1596", Opco.CONSTRUCTYS, (ELECTRICIAN,)),
    Trade("Entreprise générale", "41.20A", "1597", Opco.CONSTRUCTYS, (ELECTRICIAN,)),
    Trade("Plomberie", "43.22A", "1596", Opco.CONSTRUCTYS, (ELECTRICIAN,)),
    Trade("Menuiserie", "43.32A", "1596", Opco.CONSTRUCTYS),
    Trade("Supérette", "47.11C", "2216", Opco.COMMERCE, (COMMERCE, SALES)),
    Trade("Supermarché", "47.11D", "2216", Opco.COMMERCE, (COMMERCE, SALES)),
    Trade("Jardinerie", "47.76Z", "1760", Opco.COMMERCE, (COMMERCE, SALES)),
    Trade("Librairie", "47.61Z", "3013", Opco.EP, (COMMERCE, SALES)),
    Trade("Boutique", "47.71Z", "1483", Opco.COMMERCE, (COMMERCE, SALES)),
    Trade("Hôtel", "55.10Z", "1979", Opco.AKTO, (COMMERCE,)),
    Trade("Restaurant", "56.10A", "1979", Opco.AKTO, (SALES,)),
    Trade("Salon de coiffure", "96.02A", "2596", Opco.EP, (COMMERCE,)),
    Trade("Fonderie", "24.51Z", "3248", Opco.OPCO_2I, (OPERATOR,)),
    Trade("Mécanique", "25.62B", "3248", Opco.OPCO_2I, (OPERATOR,)),
    Trade("Plasturgie", "22.29A", "0292", Opco.OPCO_2I, (OPERATOR,)),
    Trade("Conserverie", "10.39A", "1396", Opco.OCAPIAT, (OPERATOR,)),
    Trade("Brasserie artisanale", "11.05Z", "1513", Opco.OCAPIAT, (OPERATOR,)),
    Trade("Transports", "49.41A", "0016", Opco.MOBILITIES, (OPERATOR,)),
    Trade("Propreté", "81.21Z", "3043", Opco.AKTO, (ADVISER,)),
    Trade("Intérim", "78.20Z", "1413", Opco.AKTO, (ADVISER,)),
    Trade("Informatique", "62.02A", "1486", Opco.ATLAS, (COMMERCE,)),
    Trade("Aide à domicile", "88.10A", "2941", Opco.UNIFORMATION, (ADVISER,)),
    Trade("Résidence", "87.10A", "2264", Opco.HEALTH, (ADVISER,)),
    Trade("Pharmacie", "47.73Z", "1996", Opco.EP, (COMMERCE,)),
    Trade("Studio", "59.11A", "2642", Opco.AFDAS, (COMMERCE,)),
)
