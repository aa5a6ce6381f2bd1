# ruff: noqa: E501  (a table of words: one sense a line)
"""Nouns and phrases of contacts, a sense a line, in lower case without accents."""

from crm.sentences.senses import Sense
from graph_schema.exchanges import Channel

_MUSTS = "dois doit devons doivent devra devrai devrais devrait devront faut faudra faudrait"

NOUNS: dict[tuple[Sense, Channel | None], str] = {
    (
        Sense.WAY,
        Channel.CALL,
    ): "appel|appels|bout du fil|coup de fil|coups de fil|coup de tel|coup de telephone|coups de telephone"
    "|tel|phoning|appel telephonique|bigo|telephone|audio",
    (Sense.WAY, Channel.MAIL): "mail|mails|e mail|e mails|email|emails|mel|courriel|courriels|mailing",
    (Sense.WAY, Channel.SMS): "sms|texto|textos|whatsapp|whats app|mms|watsapp",
    (
        Sense.WAY,
        Channel.LETTER,
    ): "courrier|courriers|courrier recommande|lettre recommandee|recommande avec ar|lettre|lettres|recommande|la poste|voie postale|colis",
    (
        Sense.WAY,
        Channel.NEWSLETTER,
    ): "newsletter|newsletters|lettre d' information|lettre d' info|infolettre|infolettres|lettre du reseau|lettre reseau|lettre aux partenaires",
    (Sense.WAY, Channel.OTHER): "linkedin|facebook|messenger|msg linkedin|message linkedin|inmail",
    (Sense.MESSAGE, None): "message|messages|msg|msgs|mess",
    (Sense.MESSAGE, Channel.CALL): "message vocal|messages vocaux|msg vocal|vocal|message sur repondeur|note vocale",
    (Sense.REMINDER, None): "relance|relances|prise de contact|rappel|reprise de contact|contact pris|contact repris"
    "|contact etabli|envoi|envois|transfert|transferts|transmission|transmissions|mise en relation|mises en relation",
    (Sense.MEETING, Channel.MEETING): "rdv|rdvs|rv|rendez vous|rencontre|rencontres|reunion|reunions|reu|entretien"
    "|entretiens|entrevue|dejeuner|dejeuners|cafe|cafes|visio|visios|visioconference|visioconf|info co|info coll|info collective|information collective|infos collectives|reunion d' information|reunion d' info|teams|zoom|meet"
    "|webex|video conference|video conf|videoconf|point|points|dej|diner|copil|comite|commission|conseil d' administration|comite de pilotage|conseil de perfectionnement|seance de travail|tete a tete",
    (Sense.MEETING, Channel.CALL): "point telephonique|echange telephonique|entretien telephonique|point tel|rdv tel"
    "|rdv telephonique|echange tel|entretien tel|conference telephonique|conf call|audioconference|conf tel|reunion telephonique"
    "|conversation telephonique|discussion telephonique|rendez vous telephonique",
    (
        Sense.MEETING,
        None,
    ): "echange|echanges|discussion|discussions|conversation|contact|signature|remise|lancement|presentation"
    "|demarrage|intervention|soutenance|jury|suivi|audit|bilan|tripartite|presence|participation|immersion|rentree|session"
    "|bilan intermediaire|bilan de stage|evaluation|bilan de fin",
    (Sense.STAY, Channel.VISIT): "visite|visites|passage|deplacement|tournee",
    (
        Sense.EVENT,
        Channel.EVENT,
    ): "salon|salons|forum|forums|job dating|job datings|jobdating|portes ouvertes|jpo|colloque"
    "|seminaire|atelier|inauguration|afterwork|after work|petit dejeuner|petit dej|petits dejeuners|soiree|conference|webinaire|convention annuelle"
    "|foire|ag|assemblee generale|speed dating|remise des diplomes|duoday|duo day|journee portes ouvertes|journee de|journee des|journee d'|journee entreprises|journee nationale|journee regionale|journee emploi|matinale|ceremonie|table ronde|vernissage|gala"
    "|pot|pot de depart|cocktail|rencontres|olympiades|bourse|job meeting",
    (
        Sense.REPLY,
        None,
    ): "reponse|reponses|retour|retours|accord|confirmation|nouvelles|demande|refus|reclamation|accuse de reception|ar|question|questions"
    "|sollicitation|sollicitations",
    (
        Sense.DOCUMENT,
        None,
    ): "appel a projets|appel a projet|appels a projets|appel d' offres|appel a candidatures|appel a candidature"
    "|sa venue|leur venue|sa presence|leur presence|devis|convention|contrat|plaquette|brochure|document|documents|doc|docs|dossier|dossiers|cv"
    "|invitation|invitations|programme|proposition|propositions|compte rendu|cr|offre|offres|livret|planning|catalogue"
    "|infos|info|bilans|piece|pieces|fiche|fiches|calendrier|questionnaire|attestation|attestations|rapport|facture"
    "|mot|grille|liste|annonce|modele|tarif|tarifs|support|poste|postes|flyer|affiche|affiches|avenant|cerfa|kit|lien|formulaire",
    (
        Sense.UNANSWERED,
        Channel.CALL,
    ): "tentative d' appel|tentatives d' appel|essai d' appel|appel infructueux|rep|repondeur|messagerie|messagerie vocale|boite vocale|vm|voicemail|nrp|sonne occupe"
    "|sonne dans le vide|sonnait dans le vide|sonne|ligne occupee|occupe tout le temps|pas decroche|decroche pas"
    "|decroche plus|decroche jamais|repond jamais|pas decroches|numero errone|faux numero|personne au bout du fil|personne au bout|personne au tel"
    "|personne ne repond|personne n' a repondu|personne ne decroche|personne n' a decroche|repond pas au telephone"
    "|repond pas au tel|ca repond pas|ca ne repond pas|ne repond pas au telephone|ne repond pas au tel|decrochent pas"
    "|raccroche|tombe sur le repondeur|est coupe|ligne coupee|pas de tonalite",
    (
        Sense.UNANSWERED,
        None,
    ): "injoignable|injoignables|impossible de joindre|impossible a joindre|pas joignable|pas joignables|sans succes|en vain|personne|pour rien|infructueux|infructueuse|tentative de contact"
    "|repond pas|repondent pas|repond plus|repond ni|repondent ni",
    (Sense.SILENCE, None): "sans reponse|sans rep|ss rep|pas de reponse|pas de rep|pas eu de reponse|pas eu de retour"
    "|pas eu de nouvelles|pas eu de news|pas de news|aucune news|aucune reponse|toujours pas de reponse|sans retour"
    "|pas de retour|aucun retour|pas de nouvelles|pas de nouvelle|sans nouvelles|aucune nouvelle|aucunes nouvelles"
    "|plus de nouvelles|plus de nouvelle|plus de reponse|plus de retour|plus de news|plus aucune nouvelle|plus aucune reponse"
    "|plus aucun retour|plus aucun signe|plus de signe|aucun signe de vie|lettre morte|sans suite|toujours rien|tjrs rien|tjs rien|reste sans reponse|sans reaction|pas donne signe de vie|plus donne signe de vie|pas donne signe",
    (Sense.AWAY, None): "absent|absente|absents|absentes|en conges|en conge|en vacances|en deplacement|en rtt|en arret"
    "|indispo|indisponible|indisponibles|pas dispo|pas disponible|pas disponibles|non dispo|pas la|pas present|pas presente|en reunion"
    "|en rdv|en ligne avec|souffrant|souffrante|excuse|excusee|malade|en formation|pas a son poste|pas au bureau",
    (Sense.CANCELLED, None): "pas eu lieu|pas pu se tenir",
    (
        Sense.NEXT,
        None,
    ): "report|decalage|prochain|prochaine|prochains|prochaines|a prevoir|a faire|a caler|a fixer|a recaler|reste a faire",
    (Sense.MUST, None): "|".join(_MUSTS.split())
    + "|vais|va|vont|allons|compte|comptons|comptent|ne pas oublier|pas oublier"
    "|penser|pensez|pense bete|todo|reste a|merci de|objectif|promis de|s' engage|s' est engage|s' est engagee|oublier pas",
    (
        Sense.OUTCOME,
        None,
    ): "ok|oui|non|d' accord|interesse|interessee|interesses|tres interesse|tres interessee|motive|motivee|partant"
    "|partante|ravi|ravie|favorable|preneur|preneuse|refus|pas interesse|pas interessee|pas convaincu|pas convaincue|convaincu|convaincue|sceptique|reticent|reticente|content|contente|satisfait"
    "|satisfaite|tout va bien|tout s' est bien passe|ca va|bon contact|bon accueil|bon echange|tres bon|tres positif|positif"
    "|negatif|enthousiaste|prete|pret|dispo|disponible|rien a signaler|dixit|ras|rien de neuf",
}
