"""The measures that a command shows, and what is said where there is nobody to measure on that day."""

from datetime import date

from crm.measures.measuring import Measures, measures
from crm.network import Network
from graph_schema.wording import short_date
from ui.cli.output import say


def measures_on(network: Network, on: date) -> Measures:
    """The measures of a day; a network that had no partner then is said, beside the result."""
    found = measures(network, on)
    if not found.relations.snapshot.organisations:
        say(f"Aucun partenaire au {short_date(on)}.")
    return found
