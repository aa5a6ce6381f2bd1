"""The small network: about 300 organisations and 600 people around a CFA of the Artois, with two years of history."""

from datetime import date

from crm.demo import (
    agreements,
    committees,
    companies,
    contacts,
    corrections,
    evidence,
    exchanges,
    feedback,
    placements,
    places,
    planted,
    provider,
    ties,
    views,
)
from crm.demo.acts import CommitDraft
from crm.demo.scene import SmallNetwork


def acts(on: date, seed: int) -> list[CommitDraft]:
    """Everything that colleagues wrote in the two years before the day ``on``, in order."""
    scene = SmallNetwork(on, seed)
    provider.add(scene)
    companies.add(scene)
    places.add(scene)
    planted.add_people(scene)
    contacts.add(scene)
    ties.add(scene)
    committees.add(scene)
    agreements.add(scene)
    placements.add(scene)
    planted.add_lives(scene)
    exchanges.add(scene)
    feedback.add(scene)
    evidence.add(scene)
    corrections.add(scene)
    views.add(scene)
    return scene.book.acts()
