"""What a sentence tells: when, by which way, from whom, and what is to be done, one kind a line."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.sentences.story import story
from graph_schema.exchanges import Direction

TODAY = date(2026, 11, 28)  # a Saturday
US, THEM, BOTH, UNSAID = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL, Direction.UNKNOWN


def told(text: str) -> tuple[str, str, Direction, str | None]:
    """The day (so many days ago, « - » for none), the way, the direction and the due day; X and Y are names."""
    names = [(at, at + 1) for at, sign in enumerate(text) if sign in "XY"]
    found = story(text, names, TODAY)
    ago = str((TODAY - found.on).days) if found.on else "-"
    due = found.follow and (found.follow.due_on.isoformat() if found.follow.due_on else "?")
    return ago, found.channel.value if found.channel else "", found.direction, due


@pytest.mark.parametrize(
    ("text", "ago", "channel", "direction", "due"),
    [
        ("Appelé X", "0", "appel", US, None),
        ("Appelé X : elle prend deux apprentis", "0", "appel", BOTH, None),
        ("Mail à X ; il a accepté", "0", "courriel", BOTH, None),
        ("Mail à X, il prend deux apprentis", "0", "courriel", US, None),
        ("X m'a laissé un message, la rappeler lundi", "0", "appel", THEM, "2026-11-30"),
        ("X ma laissé un message", "0", "appel", THEM, None),
        ("Laissé un message à X", "0", "appel", US, None),
        ("msg de X sur mon répondeur", "0", "appel", THEM, None),
        ("X ne décroche jamais", "0", "appel", US, None),
        ("Pas de retour de X à mon mail du 12", "16", "courriel", US, None),
        ("X n'a pas répondu à ma relance du 12", "16", "", US, None),
        ("Toujours rien de X, le relancer jeudi", "-", "", UNSAID, "2026-12-03"),
        ("courier recu de X hier", "1", "courrier", THEM, None),
        ("mail envoye ya 3j a X", "3", "courriel", US, None),
        ("Point tel X 20 min hier", "1", "appel", BOTH, None),
        ("X nous invite à son forum le 14 janvier", "0", "", THEM, "2027-01-14"),
        ("X propose de passer au CFA le 14 décembre", "0", "", THEM, "2026-12-14"),
        ("X m'a demandé de le rappeler début janvier", "0", "", THEM, "2027-01-01"),
        ("SMS à X pour confirmer la visite de jeudi", "0", "sms", US, "2026-12-03"),
        ("Mail de X : reporte le rdv du 2 au 9 décembre", "0", "courriel", THEM, "2026-12-09"),
        ("X merci pour la visite de mardi", "0", "", UNSAID, None),
        ("X nous remercie par mail pour l'accueil de vendredi", "0", "courriel", THEM, None),
        ("Passée chez X ce matin, Y absente", "0", "visite", US, None),
        ("Bilan de stage fait jeudi avec X", "2", "", BOTH, None),
        ("Petit-déjeuner du club le 19 novembre, discuté avec X", "9", "evenement", BOTH, None),
        ("Hier soir au forum de Lens, discuté avec X", "1", "evenement", BOTH, None),
        ("X m'a indiqué lors de notre entretien de jeudi que tout va bien", "2", "rendez_vous", BOTH, None),
        ("J'ai rencontré X, de Y, au job dating de mercredi", "3", "evenement", BOTH, None),
        ("Vu l'urgence, j'ai envoyé un SMS à X", "0", "sms", US, None),
        ("Nous avons reçu X mercredi au CFA", "3", "rendez_vous", BOTH, None),
        ("RDV pris avec X le 9 décembre", "-", "", UNSAID, "2026-12-09"),
        ("Prévu mardi 14 h : RDV avec X, point sur le stage", "-", "", UNSAID, "2026-12-01"),
        ("X valide la prise en charge", "0", "", THEM, None),
        ("Si X n'a rien renvoyé, j'irai la voir", "-", "", UNSAID, "?"),
        ("X sera absent jusqu'au 7 décembre, je rappellerai donc le 8", "-", "", UNSAID, "2026-12-08"),
        ("La convention est partie au courrier lundi pour X", "5", "courrier", US, None),
        ("X : pièces à renvoyer vite", "-", "", UNSAID, "?"),
        ("Coup de fil de X : il veut nos chiffres, pour le 18/12", "0", "appel", THEM, "2026-12-18"),
        ("Appelé X hier, réunion calée au 11 décembre", "1", "appel", BOTH, "2026-12-11"),
        ("rdv annulé par X, à recaler", "0", "", THEM, "?"),
        ("Invitation au salon du 14 janvier envoyée par mail à X", "0", "courriel", US, None),
        ("Dossier transmis par mail à X, réponse attendue", "0", "courriel", US, None),
        ("X sms de relance, relancer sous huitaine", "0", "sms", US, "2026-12-06"),
        ("vend prochain visite chez X 9h30", "-", "", UNSAID, "2026-12-04"),
    ],
)  # fmt: skip
def test_what_a_sentence_tells(text: str, ago: str, channel: str, direction: Direction, due: str | None) -> None:
    assert told(text) == (ago, channel, direction, due)


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 199), st.integers(1, 20)), max_size=3))
@settings(max_examples=300)
def test_any_text_is_read_and_its_parts_stand_in_it(text: str, spans: list[tuple[int, int]]) -> None:
    names, last = [], 0
    for start, length in sorted(spans):
        if start >= last and start + length <= len(text):
            names.append((start, start + length))
            last = start + length
    found = story(text, names, TODAY)
    assert found.on is None or found.on <= TODAY
    assert found.on or found.follow
    for start, end in [*found.heads, *found.told, *((start, end) for start, end, _ in found.spans)]:
        assert 0 <= start < end <= len(text)
    if found.follow:
        assert 0 <= found.follow.start < found.follow.end <= len(text)
