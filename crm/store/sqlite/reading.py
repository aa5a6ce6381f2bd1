"""One consistent view of a file."""

from crm.store.sqlite.finding import Finding
from crm.store.sqlite.graph import Graph
from crm.store.sqlite.inspection import Inspection
from crm.store.sqlite.journal import Journal
from crm.store.sqlite.search import Search


class Reading(Journal, Finding, Graph, Search, Inspection):
    """Everything that a transaction can read."""
