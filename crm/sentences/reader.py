"""One clause read: its verbs, then its nouns, then what else it says."""

from datetime import date

from crm.sentences.clause import Clause
from crm.sentences.deeds import Deeds
from crm.sentences.reading import ClauseReading
from crm.sentences.remarks import attempts, manner, mentions
from crm.sentences.things import Things
from crm.sentences.verbs import verbs


def read(clause: Clause, today: date) -> ClauseReading:
    """What a clause tells, said on the day ``today``."""
    found = verbs(clause)
    reading = ClauseReading(verbs=len(found))
    attempts(clause, found, reading)
    Deeds(clause, found, reading).read()
    Things(clause, found, reading).read()
    manner(clause, reading)
    if clause.says({"automatique", "auto"}):
        reading.ways.clear()  # nobody wrote an automatic answer
    mentions(clause, found, reading, today)
    return reading
