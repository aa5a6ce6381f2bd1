"""The forms of French verbs that a note uses, in lower case without accents."""

from collections.abc import Iterator
from enum import Enum, auto


class Tense(Enum):
    """Form of a verb."""

    DONE = auto()
    BARE = auto()
    NOW = auto()
    LATER = auto()
    THEN = auto()


_IRREGULAR: dict[str, tuple[str, str, str, str]] = {
    # done | now | later (stem) | then (stem)
    "appeler": ("", "appelle appellent appelles apelle", "appeller appeler", ""),
    "rappeler": ("", "rappelle rappellent rapelle", "rappeller rappeler rapeller", ""),
    "envoyer": ("", "envoie envoient envoies", "enverr envoyer", ""),
    "renvoyer": ("", "renvoie renvoient", "renverr", ""),
    "prevoir": ("prevu", "prevois prevoit prevoient prevoyons", "prevoir", "prevoy"),
    "voir": ("vu", "vois voit voient voyons", "verr", "voy"),
    "revoir": ("revu", "revois revoit revoient revoyons", "reverr", "revoy"),
    "entrevoir": ("entrevu", "", "", ""),
    "recevoir": ("recu", "recois recoit recoivent recevons", "recevr", "recev"),
    "ecrire": ("ecrit", "ecris ecrit ecrivent ecrivons", "ecrir", "ecriv"),
    "reecrire": ("reecrit re-ecrit", "reecris reecrit", "reecrir", "reecriv"),
    "transmettre": ("transmis", "transmets transmet transmettent", "transmettr", "transmett"),
    "retransmettre": ("retransmis", "", "retransmettr", ""),
    "remettre": ("remis", "remets remet remettent", "remettr", "remett"),
    "soumettre": ("soumis", "soumets soumet", "soumettr", ""),
    "mettre": ("mis", "mets met mettent", "mettr", "mett"),
    "promettre": ("promis", "promets promet promettent", "promettr", ""),
    "prendre": ("pris", "prends prend prennent prenons", "prendr", "pren"),
    "reprendre": ("repris", "reprends reprend reprennent", "reprendr", "repren"),
    "apprendre": ("appris", "apprends apprend apprennent", "apprendr", ""),
    "attendre": ("attendu", "attends attend attendent attendons", "attendr", "attend"),
    "entendre": ("entendu", "", "", ""),
    "rendre": ("rendu", "rends rend rendent", "rendr", ""),
    "repondre": ("repondu", "reponds repond repondent", "repondr", "repond"),
    "joindre": ("joint", "joins joint joignent", "joindr", "joign"),
    "dire": ("dit", "dis dit disent", "dir", "dis"),
    "redire": ("redit", "redit", "redir", ""),
    "vouloir": ("voulu", "veux veut veulent voulons", "voudr", "voul"),
    "pouvoir": ("pu", "peux peut peuvent pouvons", "pourr", "pouv"),
    "accueillir": ("accueilli", "accueille accueillent", "accueiller accueillir", "accueill"),
    "recueillir": ("recueilli", "", "recueiller", ""),
    "convenir": ("convenu", "conviens convient conviennent", "conviendr", ""),
    "prevenir": ("prevenu", "previens previent previennent", "previendr", ""),
    "intervenir": ("intervenu", "interviens intervient", "interviendr", ""),
    "parvenir": ("parvenu", "parvient", "parviendr", ""),
    "revenir": ("revenu", "reviens revient reviennent", "reviendr", "reven"),
    "venir": ("venu", "viens vient viennent venons", "viendr", "ven"),
    "tenir": ("tenu", "tiens tient tiennent", "tiendr", "ten"),
    "avoir": ("eu", "", "aur", ""),
    "aller": ("alle", "", "ir", ""),
    "faire": ("fait", "fais fait font faisons", "fer", "fais"),
    "refaire": ("refait", "refait refais", "refer", ""),
    "partir": ("parti", "part partent", "partir", "part"),
    "rompre": ("rompu", "rompt", "rompr", ""),
    "finir": ("fini", "finis finit", "finir", ""),
    "reussir": ("reussi", "reussis reussit", "reussir", ""),
    "reflechir": ("reflechi", "reflechit reflechissent", "reflechir", "reflechiss"),
    "avertir": ("averti", "avertit", "avertir", ""),
    "fournir": ("fourni", "fournit", "fournir", ""),
    "ouvrir": ("ouvert", "ouvre", "ouvrir", ""),
    "suivre": ("suivi", "suit", "suivr", ""),
    "inscrire": ("inscrit", "inscrit", "inscrir", ""),
    "conclure": ("conclu", "conclut", "conclur", ""),
    "debattre": ("debattu", "", "", ""),
    "preferer": ("", "prefere preferent", "preferer", ""),
    "suggerer": ("", "suggere", "suggerer", ""),
}


def forms(verb: str) -> Iterator[tuple[str, Tense]]:
    """The forms of a verb, by its infinitive."""
    done, now, later, then = _IRREGULAR.get(verb, ("", "", "", ""))
    stem = verb[:-2]
    regular = verb.endswith("er")
    for base in done.split() or ([stem + "e"] if regular else []):
        yield from (
            (base + end, Tense.DONE) for end in (("", "e", "s", "es") if not base.endswith("s") else ("", "e", "es"))
        )
    yield verb, Tense.BARE
    if now:
        yield from ((form, Tense.NOW) for form in now.split())
    elif regular:
        soft = stem + "e" if stem.endswith("g") else stem
        yield from ((stem + end, Tense.NOW) for end in ("e", "es", "ent", "ez"))
        yield soft + "ons", Tense.NOW
        yield soft + "ant", Tense.NOW
    if regular and verb.endswith("yer"):
        yield from ((stem[:-1] + "i" + end, Tense.NOW) for end in ("e", "es", "ent"))
        yield from ((stem[:-1] + "ier" + end, Tense.LATER) for end in ("a", "ai", "ont", "ons"))
    for base in later.split() or ([verb] if regular else []):
        yield from ((base + end, Tense.LATER) for end in ("a", "ai", "as", "ont", "ons", "ez"))
        yield from ((base + end, Tense.LATER) for end in ("ait", "ais", "aient", "ions"))
    for base in then.split() or ([stem + "e" if stem.endswith("g") else stem] if regular else []):
        yield from ((base + end, Tense.THEN) for end in ("ait", "ais", "aient", "ions"))
