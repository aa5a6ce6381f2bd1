"""One line about an exchange, read as people write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.quick_log import Role, Understood, understand, written
from graph_schema.exchanges import Channel, Direction

TODAY = date(2026, 11, 21)  # a Saturday
US, THEM, BOTH = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL


def read(line: str) -> Understood:
    return understand(line, TODAY)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("appelé Mme Exemple", "2026-11-21"),
        ("appelé Mme Exemple aujourd'hui", "2026-11-21"),
        ("appelé Mme Exemple ce matin", "2026-11-21"),
        ("appelé Mme Exemple cet après-midi", "2026-11-21"),
        ("appelé hier soir Mme Exemple", "2026-11-20"),
        ("avant-hier, appelé Mme Exemple", "2026-11-19"),
        ("appelé Mme Exemple lundi", "2026-11-16"),
        ("appelé Mme Exemple lundi dernier", "2026-11-16"),
        ("appelé Mme Exemple samedi", "2026-11-14"),
        ("appelé Mme Exemple mardi de la semaine dernière", "2026-11-10"),
        ("appelé Mme Exemple il y a 3 jours", "2026-11-18"),
        ("appelé Mme Exemple il y a deux semaines", "2026-11-07"),
        ("appelé Mme Exemple il y a un mois", "2026-10-21"),
        ("appelé Mme Exemple la semaine dernière", "2026-11-14"),
        ("appelé Mme Exemple le 12 mars", "2026-03-12"),
        ("appelé Mme Exemple le 12 décembre", "2025-12-12"),
        ("appelé Mme Exemple lundi 12 mai 2025", "2025-05-12"),
        ("appelé Mme Exemple le 3 juil.", "2026-07-03"),
        ("appelé Mme Exemple 12/03", "2026-03-12"),
        ("appelé Mme Exemple le 25/12", "2025-12-25"),
        ("appelé Mme Exemple 12/03/2025", "2025-03-12"),
        ("appelé Mme Exemple 12.03.25", "2025-03-12"),
        ("appelé Mme Exemple le 2025-03-12", "2025-03-12"),
        ("appelé Mme Exemple le 1er", "2026-11-01"),
        ("appelé Mme Exemple le 1er juin", "2026-06-01"),
        ("appelé Mme Exemple le 22", "2026-10-22"),
        ("appelé Mme Exemple le 29 février", "2024-02-29"),
        ("appelé Mme Exemple le 12/03/2030", "2026-03-12"),
        ("appelé Mme Exemple à 14h30, lundi", "2026-11-16"),
    ],
)
def test_a_day_is_read_and_is_past(line: str, day: str) -> None:
    said = read(line)
    assert said.on == date.fromisoformat(day)
    assert said.names == ("Mme Exemple",)


@pytest.mark.parametrize(
    ("line", "channel", "direction"),
    [
        ("appelé Mme Exemple", Channel.CALL, US),
        ("Téléphoné à Mme Exemple", Channel.CALL, US),
        ("rappelé Mme Exemple", Channel.CALL, US),
        ("appel de Mme Exemple", Channel.CALL, THEM),
        ("coup de fil de Mme Exemple", Channel.CALL, THEM),
        ("Mme Exemple nous a appelés", Channel.CALL, THEM),
        ("Mme Exemple m'a rappelée", Channel.CALL, THEM),
        ("eu Mme Exemple au téléphone", Channel.CALL, BOTH),
        ("point téléphonique avec Mme Exemple", Channel.CALL, BOTH),
        ("écrit à Mme Exemple", Channel.MAIL, US),
        ("mail à Mme Exemple", Channel.MAIL, US),
        ("envoyé un courriel à Mme Exemple", Channel.MAIL, US),
        ("mail de Mme Exemple", Channel.MAIL, THEM),
        ("reçu un mail de Mme Exemple", Channel.MAIL, THEM),
        ("Mme Exemple nous a écrit", Channel.MAIL, THEM),
        ("échange de mails avec Mme Exemple", Channel.MAIL, BOTH),
        ("relancé Mme Exemple", Channel.CALL, US),
        ("relancé Mme Exemple par mail", Channel.MAIL, US),
        ("visite chez Mme Exemple", Channel.VISIT, BOTH),
        ("passé chez Mme Exemple", Channel.VISIT, BOTH),
        ("RDV avec Mme Exemple", Channel.MEETING, BOTH),
        ("rencontré Mme Exemple", Channel.MEETING, BOTH),
        ("réunion avec Mme Exemple", Channel.MEETING, BOTH),
        ("courrier à Mme Exemple", Channel.LETTER, US),
        ("reçu un courrier de Mme Exemple", Channel.LETTER, THEM),
        ("envoyé la newsletter à Mme Exemple", Channel.NEWSLETTER, US),
        ("croisé Mme Exemple au salon de l'étudiant", Channel.EVENT, BOTH),
        ("laissé un message à Mme Exemple", Channel.CALL, US),
        ("RDV avec Mme Exemple, sans réponse", Channel.MEETING, US),
        ("Mme Exemple", Channel.CALL, BOTH),
    ],
)
def test_a_verb_tells_how_and_from_whom(line: str, channel: Channel, direction: Direction) -> None:
    said = read(line)
    assert (said.channel, said.direction, said.names) == (channel, direction, ("Mme Exemple",))


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("appelé Mme Exemple : deux places en septembre", "deux places en septembre"),
        ("appelé Mme Exemple ce matin au sujet de la convention", "convention"),
        ("appelé Mme Exemple pour le stage de mars", "le stage de mars"),
        ("appelé Mme Exemple ce matin deux places en mars", "deux places en mars"),
        ("appelé Mme Exemple, deux places", "deux places"),
        ("appelé Mme Exemple, laissé un message sur son répondeur", "laissé un message sur son répondeur"),
        ("croisé Mme Exemple au salon de l'étudiant", "salon de l'étudiant"),
        ("appelé Mme Exemple : rdv le 12 mars à 14:30", "rdv le 12 mars à 14:30"),
        ("appelé Mme Exemple", ""),
        ("appelé Mme Exemple :", ""),
    ],
)
def test_the_subject_is_what_it_was_about(line: str, subject: str) -> None:
    said = read(line)
    assert said.subject == subject
    assert said.names == ("Mme Exemple",)
    assert said.on == TODAY


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("RDV avec Mme Exemple et M. Fictif hier", ("Mme Exemple", "M. Fictif")),
        ("appelé mme exemple, m. fictif", ("mme exemple", "m. fictif")),
        ("écrit à la mission locale de Lens", ("mission locale de Lens",)),
        ("appelé L'Atelier Exemple", ("L'Atelier Exemple",)),
        ("appelé La Poste Fictive", ("La Poste Fictive",)),
        ("mail de la Chambre de métiers du Pas-de-Calais", ("Chambre de métiers du Pas-de-Calais",)),
        ("appel d'Anne Exemple", ("Anne Exemple",)),
        ("appelé Fer & Fils", ("Fer & Fils",)),
        ("appelé", ()),
        ("", ()),
    ],
)
def test_names_are_what_remains(line: str, names: tuple[str, ...]) -> None:
    assert read(line).names == names


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("RDV demain avec Mme Exemple", "demain"),
        ("Après-demain après-midi, visite chez Mme Exemple", "Après-demain après-midi"),
        ("RDV avec Mme Exemple lundi prochain", "lundi prochain"),
        ("RDV mardi en huit avec Mme Exemple", "mardi en huit"),
        ("RDV la semaine prochaine avec Mme Exemple", "la semaine prochaine"),
        ("RDV avec Mme Exemple dans trois jours", "dans trois jours"),
    ],
)
def test_a_day_to_come_is_said_and_is_no_part_of_a_name(line: str, words: str) -> None:
    said = read(line)
    assert (said.names, said.to_come, said.on) == (("Mme Exemple",), words, TODAY)
    assert (Role.DATE, words) in {(span.role, line[span.start : span.end]) for span in said.spans}


@pytest.mark.parametrize(
    "line",
    ["appelé hier Mme Exemple, rappeler demain", "appelé Mme Exemple : rdv demain", "appelé Mme Exemple lundi dernier"],
)
def test_what_is_to_come_only_after_a_past_day_or_in_the_subject_is_no_matter(line: str) -> None:
    assert read(line).to_come == ""


def test_a_name_may_hold_the_word_with_its_capital() -> None:
    assert read("appelé Habitat Demain hier").names == ("Habitat Demain",)


def test_each_part_read_is_shown_where_it_stands() -> None:
    line = "Appelé Mme Exemple hier à 14h : deux places"
    shown = [(line[span.start : span.end], span.role) for span in read(line).spans]
    assert shown == [
        ("Appelé", Role.MANNER), ("Mme Exemple", Role.NAME), ("hier", Role.DATE), ("à 14h", Role.TIME),
        ("deux places", Role.SUBJECT),
    ]  # fmt: skip


WORDS = [
    word
    for words in (
        "appelé mail de à le la hier lundi pour : , et avec Mme Exemple m. fictif chez 12/03 31/02 14h30 ( ) (d'eux)",
        "salon au atelier visite reçu un nous a répondu sans réponse laissé message il y 3 jours 1er mars dernier",
        "demain Demain prochain dans jours qui vient",
        "L'Atelier - d' courrier newsletter rdv relancé par Garage & sujet événement lettre d'information semaine",
    )
    for word in words.split()
]
LINES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@given(line=LINES, today=st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_line_is_read_and_never_into_the_future(line: str, today: date) -> None:
    said = understand(line, today)
    assert said.on <= today
    ends = [0]
    for span in said.spans:
        assert ends[-1] <= span.start < span.end <= len(line)
        ends.append(span.end)


@given(line=LINES)
def test_what_was_understood_is_written_so_that_it_is_understood_again(line: str) -> None:
    said = read(line)
    assert read(written(said))[:5] == said[:5]
