from datetime import date, timedelta

from hypothesis import given

from crm.analytics.activity import Mobilisation, activity, activity_of
from crm.analytics.graph import Relations
from graph_schema.snapshot import Contact, Engagement
from graph_schema.wording import NBSP
from tests.crm.analytics.networks import (
    ON,
    SINCE,
    agreement,
    altered,
    days_ago,
    heard,
    hosting,
    meeting,
    networks,
    new_id,
    organisation,
    relations,
    renamed,
)

BEFORE = SINCE - timedelta(days=1)


def standing(
    contact: Contact | None = None, *engagements: Engagement, closed: bool = False
) -> tuple[Mobilisation, str]:
    contacts = {"o1": contact} if contact else {}
    of = relations([organisation("o1", closed=closed)], contacts=contacts, engagements=engagements)
    facts = activity_of(of, "o1")
    assert activity(of) == {"o1": facts}
    return facts.standing, facts.reason


def test_committees_hosting_and_agreement_make_a_partner_active_and_are_said() -> None:
    found = standing(
        heard(5, 3), meeting("o1", 10), meeting("o1", 200), hosting("o1"), agreement("o1", BEFORE, date(2027, 6, 30))
    )
    words = f"Actif{NBSP}: 2 comités et 1 accueil depuis le 20/11/2025{NBSP}; convention jusqu'au 30/06/2027"
    assert found == (Mobilisation.ACTIVE, words)


def test_a_window_that_starts_with_a_month_is_named_by_it() -> None:
    of = relations([organisation("o1")], engagements=[hosting("o1")])
    facts = activity_of(altered(of, since=date(2026, 1, 1)), "o1")
    assert facts.reason == f"Actif{NBSP}: 1 accueil depuis janvier 2026"


def test_an_exchange_with_an_agreement_in_force_is_enough() -> None:
    found = standing(heard(5, 3), agreement("o1", BEFORE))
    assert found == (Mobilisation.ACTIVE, f"Actif{NBSP}: 3 échanges depuis le 20/11/2025{NBSP}; convention en cours")


def test_an_agreement_that_began_in_the_window_is_a_trace_of_its_own() -> None:
    found = standing(None, agreement("o1", SINCE, ON))
    assert found == (Mobilisation.ACTIVE, f"Actif{NBSP}: convention jusqu'au 20/11/2026")


def test_an_agreement_alone_without_any_trace_is_a_partnership_in_name_only() -> None:
    found = standing(None, agreement("o1", BEFORE))
    words = f"Inactif{NBSP}: convention en cours, mais aucune trace datée depuis le 20/11/2025"
    assert found == (Mobilisation.DORMANT, words)


def test_exchanges_alone_are_not_enough() -> None:
    found = standing(heard(5, 3))
    words = f"Inactif{NBSP}: 3 échanges, mais ni convention en cours, ni accueil, ni comité"
    assert found == (Mobilisation.DORMANT, words)


def test_an_agreement_over_yesterday_no_longer_counts() -> None:
    assert standing(heard(5), agreement("o1", BEFORE, ON - timedelta(days=1)))[0] is Mobilisation.DORMANT
    assert standing(None, agreement("o1", SINCE, ON - timedelta(days=1))) == (
        Mobilisation.DORMANT,
        f"Inactif{NBSP}: convention finie, ni accueil, ni comité",
    )


def test_the_longest_agreement_in_force_is_the_one_said() -> None:
    ends = [date(2027, 1, 1), date(2026, 12, 1)]
    of = relations([organisation("o1")], engagements=[agreement("o1", SINCE, each) for each in ends])
    assert activity_of(of, "o1").until == date(2027, 1, 1)
    assert activity_of(altered(of, engagements=(*of.snapshot.engagements, agreement("o1", SINCE))), "o1").until is None


def test_both_days_of_the_window_are_in_it() -> None:
    assert standing(None, meeting("o1", 0))[0] is Mobilisation.ACTIVE
    assert standing(None, meeting("o1", 365))[0] is Mobilisation.ACTIVE
    assert standing(None, meeting("o1", 366)) == (
        Mobilisation.DORMANT,
        f"Inactif{NBSP}: aucune trace datée depuis le 20/11/2025",
    )


def test_a_hosting_counts_while_it_overlaps_the_window() -> None:
    assert standing(None, hosting("o1", days=600))[0] is Mobilisation.ACTIVE
    assert standing(None, hosting("o1", days=600, ends=SINCE))[0] is Mobilisation.ACTIVE
    assert standing(None, hosting("o1", days=600, ends=BEFORE))[0] is Mobilisation.DORMANT


def test_what_has_not_begun_counts_for_nothing() -> None:
    assert standing(None, hosting("o1", days=-1)) == (Mobilisation.CANDIDATE, "Jamais contacté, aucun engagement")


def test_one_message_from_us_makes_a_candidate_dormant() -> None:
    assert standing(Contact(None, days_ago(900), 0))[0] is Mobilisation.DORMANT


def test_a_closed_organisation_is_never_active() -> None:
    found = standing(heard(1), hosting("o1"), closed=True)
    assert found == (Mobilisation.CLOSED, f"Inactif{NBSP}: établissement fermé")


@given(networks())
def test_renaming_ids_changes_no_standing(of: Relations) -> None:
    before, after = activity(of), activity(renamed(of))
    assert {new_id(id): facts._replace(id=new_id(id)) for id, facts in before.items()} == after
