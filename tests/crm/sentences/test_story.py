"""What a sentence tells: when, by which way, from whom, and what is to be done, one kind a line."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.sentences.story import story
from graph_schema.exchanges import Direction

TODAY = date(2026, 11, 28)  # a Saturday
US, THEM, BOTH, UNSAID = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL, Direction.UNKNOWN


TOLD: list[tuple[str, str, str, Direction, str | None]] = [
    ("Appelé X", "0", "appel", US, None),
    ("C'est X qui a décroché", "0", "appel", BOTH, None),
    ("X n'a jamais décroché", "0", "appel", US, None),
    ("Je viens de raccrocher avec X", "0", "appel", BOTH, None),
    ("Au téléphone avec X ce matin", "0", "appel", BOTH, None),
    ("X m'a joint ce matin", "0", "appel", BOTH, None),
    ("Texté X hier", "1", "sms", US, None),
    ("Deux appels en absence de X", "0", "appel", THEM, None),
    ("Mail de X, rien à faire de plus", "0", "courriel", THEM, None),
    ("X m'a demandé de ne plus la relancer", "0", "", THEM, None),
    ("Passée chez X signer la convention", "0", "visite", BOTH, None),
    ("X s'est excusé par message", "0", "", THEM, None),
    ("Convenu avec X d'une immersion à partir du 11 janvier", "0", "", BOTH, "2027-01-11"),
    ("Convention renvoyée signée par X", "0", "", THEM, None),
    ("X a fini par m'envoyer le livret", "0", "", THEM, None),
    ("X a vu l'annonce", "0", "", THEM, None),
    ("X nous réoriente vers Y", "0", "", THEM, None),
    ("X m'a redirigé vers un autre service", "0", "", THEM, None),
    ("Il faut absolument revoir X avant Noël", "-", "", UNSAID, "2026-12-25"),
    ("Si rien de X d'ici vendredi, relancer", "-", "", UNSAID, "2026-12-04"),
    ("RDV décalé : X passe du 2 au 9 décembre", "-", "", UNSAID, "2026-12-09"),
    ("On devait voir X ce matin", "0", "", UNSAID, None),
    ("Prévenu par mail par X", "0", "courriel", THEM, None),
    ("Du mal à joindre X, vu hier", "1", "rendez_vous", BOTH, None),
    ("X prendrait deux apprentis", "0", "", THEM, None),
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
    ("Pris un café avec X hier", "1", "rendez_vous", BOTH, None),
    ("Répondu au mail de X", "0", "courriel", US, None),
    ("Finalement pas de convention avec X (son mail du 25)", "3", "courriel", THEM, None),
    ("Il faudra que je passe voir X", "-", "", UNSAID, "?"),
    ("Appelé X hier, il me rappelle lundi", "1", "appel", BOTH, "2026-11-30"),
    ("Tél X ce matin : Y confirme", "0", "appel", BOTH, None),
    ("Réunion au CFA lundi 10h, X sera là", "-", "", UNSAID, "2026-11-30"),
    ("X a appelé à 11h, souhaite être rappelé lundi", "0", "appel", THEM, "2026-11-30"),
    ("X annule l'entretien de mardi, il doit me redonner une date", "0", "", THEM, "?"),
    ("X a laissé un message sur le répondeur hier", "1", "appel", THEM, None),
    ("Appel de X : il attend notre dossier pour le 10 décembre", "0", "appel", THEM, "2026-12-10"),
    ("X a téléphoné lundi, il quitte l'entreprise fin décembre", "5", "appel", THEM, None),
    ("Rappeler X, Y, lundi pour la taxe d'apprentissage", "-", "", UNSAID, "2026-11-30"),
    ("Tentative d'appel infructueuse auprès de X, hier", "1", "appel", US, None),
    ("Fait le point avec X, tuteur chez Y, jeudi par téléphone", "2", "appel", BOTH, None),
    ("X nous a rappelés vendredi, elle revient vers nous mardi", "1", "appel", THEM, "2026-12-01"),
    ("X m'a renvoyé l'annexe signée, reçue hier par mail", "1", "courriel", THEM, None),
    ("appelé X, elle nous bloque une info co le 10 décembre", "0", "appel", BOTH, "2026-12-10"),
    ("X ok pour un stagiaire, confirmé par mail hier", "1", "courriel", THEM, None),
    ("Pas eu le temps d'appeler X, rappeler mardi", "-", "", UNSAID, "2026-12-01"),
    ("X : refus par courriel", "0", "courriel", THEM, None),
    ("X a accusé réception de notre dossier par mail mardi", "4", "courriel", THEM, None),
    ("vu X hier au magasin", "1", "visite", BOTH, None),
    ("RDV avec X, Y, jeudi 3 décembre à 14h", "-", "", UNSAID, "2026-12-03"),
    ("Mail reçu hier de X : dossier refusé en commission", "1", "courriel", THEM, None),
    ("Lundi, reçu une prescription de X", "5", "", THEM, None),
    ("Info co chez X mardi 1er décembre", "-", "", UNSAID, "2026-12-01"),
    ("X prend un apprenti, contrat à monter avant le 11/12", "0", "", THEM, "2026-12-11"),
    ("X aimerait nous rencontrer en janvier", "0", "", THEM, "2027-01-01"),
    ("RDV annulé par X, report au 8 décembre", "0", "", THEM, "2026-12-08"),
    ("Convention signée hier avec X", "1", "", BOTH, None),
    ("ok reçu de l'X pour le dossier", "0", "", THEM, None),
    ("Nous avons été reçus hier par X", "1", "rendez_vous", BOTH, None),
    ("X organise un salon le 12 janvier, on est invités", "0", "", THEM, "2027-01-12"),
    ("Appel entrant de X, elle ne pourra pas recevoir le groupe le 8", "0", "appel", THEM, None),
    ("Au téléphone, X m'a dit que c'est d'accord", "0", "appel", THEM, None),
    ("X m'a écrit pour annuler notre rendez-vous de demain", "0", "courriel", THEM, None),
    ("Promis à X de lui trouver un candidat avant le 20 décembre", "0", "", US, "2026-12-20"),
    ("Demain : accueil de X à 14 h", "-", "", UNSAID, "2026-11-29"),
    ("Pas réussi à joindre X malgré trois appels", "0", "appel", US, None),
    ("X m'en a parlé en marge du copil de lundi", "5", "rendez_vous", BOTH, None),
    ("Demandé à X son attestation, il l'envoie demain", "0", "", BOTH, "2026-11-29"),
    ("Coup de fil à X pour la visite, ce sera le 14 janvier à 10h", "0", "appel", US, "2027-01-14"),
    ("RDV à prendre avec X", "-", "", UNSAID, "?"),
    ("Bilan à programmer avec X avant le 4 décembre", "-", "", UNSAID, "2026-12-04"),
    ('X : "je ne peux pas prendre de stagiaire en ce moment"', "0", "", THEM, None),
    ("X a donné son feu vert pour le projet", "0", "", THEM, None),
    ("Si pas de réponse de X d'ici le 10, rappeler", "-", "", UNSAID, "2026-12-10"),
    ("Question posée par mail à X", "0", "courriel", US, None),
    ("Info donnée par X au téléphone", "0", "appel", THEM, None),
    ("Absence de réponse de X à mes deux mails", "0", "courriel", US, None),
    ("X a reporté notre rdv du 3 au 10 décembre", "0", "", THEM, "2026-12-10"),
    ("J'ai appris par X qu'une antenne ouvre", "0", "", THEM, None),
    ("Organisé hier un job dating avec X", "1", "evenement", BOTH, None),
    ("Réponse de X : deux candidats disponibles dès lundi", "0", "", THEM, None),
    ("Rappel : appeler X mardi matin", "-", "", UNSAID, "2026-12-01"),
    ("Contacté X pour un stage, refus faute de tuteur", "0", "", BOTH, None),
    ("X a décommandé la visite, à replanifier", "0", "", THEM, "?"),
    ("X confirme par téléphone la venue de 12 jeunes mardi", "0", "appel", THEM, "2026-12-01"),
    ("X propose d'accueillir une session en mars", "0", "", THEM, None),
    ("Rendez-vous manqué ce matin avec X", "0", "", UNSAID, None),
    ("Déposé un dossier à X ce matin", "0", "", US, None),
    ("X m'a fait suivre l'appel à projets", "0", "", THEM, None),
    ("X : laissé nos coordonnées à la vendeuse mardi", "4", "", US, None),
    ("Appelé X au 03 44 00 11 22", "0", "appel", US, None),
    ("Appel de X : stage du 4 au 15 janvier", "0", "appel", THEM, None),
    ("Vu X, contrat du 01/09/2026 au 31/08/2027", "0", "rendez_vous", BOTH, None),
    ("Appelé X, né le 12/05/1980", "0", "appel", US, None),
    ("Appelé X, dossier n° 12/11", "0", "appel", US, None),
    ("Vu X, 2/3 des apprentis restent", "0", "rendez_vous", BOTH, None),
    ("Appelé X, son apprenti a commencé le 1er septembre", "0", "appel", US, None),
    ("Répondu au mail de X du 15 octobre", "0", "courriel", US, None),
    ("X n'est pas venue au rendez-vous", "0", "", UNSAID, None),
    ("Réponse automatique de X", "0", "", UNSAID, None),
    ("Pris RDV avec X pour le 15 décembre", "-", "", UNSAID, "2026-12-15"),
    ("Fixé RDV avec X pour le 15 décembre", "-", "", UNSAID, "2026-12-15"),
    ("Décalé le RDV avec X au 15 décembre", "-", "", UNSAID, "2026-12-15"),
    ("X le 15 décembre", "-", "", UNSAID, "2026-12-15"),
    ("Visio X le 12 décembre dernier", "351", "rendez_vous", BOTH, None),
    ("Rencontré X le 15 janvier 2027", "-", "", UNSAID, "2027-01-15"),
    ("Appelé X le 03.04.2026", "239", "appel", US, None),
    ("Inscrit X au forum du 15 décembre", "0", "", US, "2026-12-15"),
    ("X a confirmé sa venue au comité du 15 décembre", "0", "", THEM, "2026-12-15"),
    ("X : pièces à renvoyer vite", "-", "", UNSAID, "?"),
    ("Coup de fil de X : il veut nos chiffres, pour le 18/12", "0", "appel", THEM, "2026-12-18"),
    ("Appelé X hier, réunion calée au 11 décembre", "1", "appel", BOTH, "2026-12-11"),
    ("rdv annulé par X, à recaler", "0", "", THEM, "?"),
    ("Invitation au salon du 14 janvier envoyée par mail à X", "0", "courriel", US, "2027-01-14"),
    ("Dossier transmis par mail à X, réponse attendue", "0", "courriel", US, None),
    ("X sms de relance, relancer sous huitaine", "0", "sms", US, "2026-12-06"),
    ("vend prochain visite chez X 9h30", "-", "", UNSAID, "2026-12-04"),
]  # fmt: skip
"""Turns of phrase, with what they tell."""


def told(text: str) -> tuple[str, str, Direction, str | None]:
    """The day (so many days ago, « - » for none), the way, the direction and the due day; X and Y are names."""
    names = [(at, at + 1) for at, sign in enumerate(text) if sign in "XY"]
    found = story(text, names, TODAY)
    ago = str((TODAY - found.on).days) if found.on else "-"
    due = found.follow and (found.follow.due_on.isoformat() if found.follow.due_on else "?")
    return ago, found.channel.value if found.channel else "", found.direction, due


@pytest.mark.parametrize(("text", "ago", "channel", "direction", "due"), TOLD)
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
