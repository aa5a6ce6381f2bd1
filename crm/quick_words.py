# ruff: noqa: E501  (a table of words: one kind a line)
"""The words by which a sentence tells of a contact, as patterns of folded text.

In the patterns ``§`` stands for a name, ``@`` for a day and ``^`` for an hour.
"""

import re

from graph_schema.exchanges import Channel, Direction

US, THEM, BOTH = Direction.FROM_US, Direction.FROM_THEM, Direction.MUTUAL

_MAIL = r"(?:e-?mails?|mails?|mels?|courriels?)"
_CALL = r"(?:appels?|coups? de fil|coups? de tel(?:ephone)?|tels?\.?|phoning|bigo)"
_POST = r"(?:courriers?|lettres?|recommandes?)"
_TEXT = r"(?:sms|textos?|whats? ?app|mms)"
_MSG = r"(?:messages?|msgs?|mess)"
_NEWS = r"(?:newsletters?|lettres? d'(?:information|info)|infolettres?)"
_A = r"(?:une? |des |le |la |les |l'|notre |son |sa |leur |mon |ma |plusieurs |deux |petit |nouveau |nouvel )*"
_N = r"(?:§(?:(?:,| et| de la| du| de l'| de| des| d'| chez| a| au| \(|\)|/)* ?§)*\)?)"
_TO = r"(?: [@^])*(?: a(?: l'| la)?| au| aux| pour| vers| chez)(?! ?[@^])"
_OF = r"(?: [@^])*(?: de la part)?(?: (?:de la|de l'|des|de|du|d'|venant de|provenant de)| recue?s? de| recue?s? du)"
_US = r"(?:j'ai|jai|nous avons|on a|avons|ai|on vient d'|je viens d'|je viens de|on vient de|)"
_ME = r"(?:m'|nous |me |vous |lui )?"
_HAS = r"(?:a|ont|avait|avaient|as|vient d'|vient de|viennent de|viennent d')"
_ADV = r"(?: (?:bien|enfin|encore|deja|aussi|tout juste|juste|donc|finalement))?"
_CALLED = r"(?:r?app?ell?e|re-appele|telephone|retelephone|phone|passe un coup de fil|passe un coup de tel(?:ephone)?)(?:e|s|es)?"
_CALL_INF = r"(?:r?app?ell?er|telephoner)"
_WRITTEN = r"(?:re-?ecrit|reecrit|ecrit|maile|mailee)"
_MET = (
    r"(?:rdvs?|rv|rendez[- ]?vous|rencontres?|reunions?|entretiens?|entrevues?|dejeuners?|petit[- ]dej(?:euner)?|cafes?|visio(?:conference)?s?|visios?|teams"
    r"|zoom|points?|webex|meet|reu|audio)"
)
_REMOTE = r"(?:visio(?:conference)?s?|teams|zoom|webex|meet)"
_DOC = r"(?:devis|convention|contrat|plaquette|brochure|documents?|docs?|dossiers?|cv|invitations?|programme|propositions?|compte[- ]rendu|cr|offre|livret|planning|catalogue|infos?|bilan|pieces?|fiche|calendrier|questionnaire|attestations?|relance|rapports?|factures?|grilles?|listes?|annonces?|modeles?|tarifs?|supports?|flyers?|affiches?)"
_SENT = r"(?:r?envoye|transmis|transfere|adresse|fait suivre|fait parvenir|expedie|poste|laisse|depose|fait|passe)(?:e|s|es)?(?: [@^])*"
_GAVE = r"(?:r?envoye|transmis|transfere|adresse|fait suivre|fait parvenir|expedie|poste|depose|remis|partage|presente|expose|montre)(?:e|s|es)?(?: [@^])*"

_GOT = r"(?:recue?s?|eu)(?: [@^])*"
_WHY = r"(?: d[e'] ?(?:relance|rappel|suivi|remerciements?|confirmation|presentation|bienvenue|invitation|information|excuses?|felicitations?|voeux))?"
_NOT_ME = r"(?<!nous a )(?<!m'a )(?<!nous ont )(?<!m'ont )"
UNANSWERED = (
    (rf"(?<!m'a )(?<!nous a )(?<!§ a )(?<!il a )(?<!elle a )(?<!ont )(?<!qui a ){_SENT} {_A}{_MSG}(?: (?:vocal|vocaux))?(?: (?:sur|a|au|aux)(?: (?:le|la|les|son|sa|leur))? (?:repondeur|messagerie|boite vocale|standard|accueil|secretariat|assistante))?", Channel.CALL),
    (rf"(?<!mon )(?<!ma )(?<!notre )(?:{_MSG} (?:vocal|vocaux|laisses?)|messagerie(?: vocale)?|repondeur|boite vocale|\bvm\b|voicemail|\brep\b|\bnrp\b)", Channel.CALL),
    (r"(?:le |la |son |leur )?(?:tel|telephone|numero|portable|fixe|ligne)(?: (?:de (?:la |l'|le )?|du |d')?§)? (?:(?:ne )?repond\w* (?:pas|ni)|sonne\w*(?: dans le vide| occupe)?|est coupe\w*)", Channel.CALL),
    (r"(?:ca |il |elle |§ )?(?:ne |n')?decroch\w* (?:pas|plus)|ca (?:ne )?repond pas|(?:ne |n')?(?:a |ai |ont )?pas (?:encore )?decroche|sonne dans le vide|(?:ca |qui )sonne(?: dans le vide)?|occupe tout le temps|ligne occupee|personne (?:au (?:bout|telephone|tel)\b(?: du fil)?|ne (?:m'|nous )?(?:decroche|repond)\w*|n'a (?:decroche|repondu))", Channel.CALL),
    (r"injoignables?|pas joignables?|pas (?:pu |reussi a |pu l'|reussi a l'|arrive a |moyen de )?(?:l')?(?:avoir|joindre|joint|jointe|eue?)(?: §)?|sans succes|en vain|tente de (?:le |la |les |l')?joindre(?: §)?|essaye de (?:le |la |les |l')?joindre(?: §)?|cherche a joindre(?: §)?", None),
    (r"(?:toujours |tjrs |tjs )?(?:sans|pas de|pas eu de|aucune|aucun|pas d') ?(?:reponse|rep|retour|nouvelles?|suite)(?: (?:de (?:leur|sa|son) part|pour l'instant|a ce jour|pour le moment))?|(?:toujours |tjrs )rien(?: recu)?|(?:il |elle |§ )?(?:ne )?(?:me |nous )?repond(?:ent)? (?:pas|plus|ni)(?: (?:au|aux|a) [\w ]+? ni (?:au|aux|a) \w+)?|reste(?:e)?s? sans (?:reponse|retour)|lettre morte", None),
    (r"(?:n')?(?:est |etait |n'est |n'etait )?(?:pas|non|indispo\w*) ?(?:dispos?|disponibles?|la|present|presente)\b|indispo(?:nibles?)?|(?:etait |est )?absente?s?\b|(?:est |etait )?en (?:conges?|vacances|deplacement|rtt|arret)\b|\bindispo\b|etait en (?:reunion|rdv|ligne)", None),
)  # fmt: skip
"""We tried and nobody answered: how, and by which channel."""

NO_REPLY = re.compile(
    r"(?:n'|ne (?:m'|nous )?)?(?:a|ont)? ?(?:toujours |tjrs )?pas (?:encore |tjrs |toujours )?(?:r?appele|repondu|donne (?:suite|de nouvelles)|ecrit|recontacte)(?:e|s|es)?"
)

WAYS: tuple[tuple[str, Channel | None, Direction | None], ...] = (
    (r"\(de nous\)", None, US), (r"\(d'eux\)", None, THEM), (r"\(mutuel\)", None, BOTH),
    (rf"{_NOT_ME}{_A}relances? (?:par|en) {_MAIL}(?: de)?", Channel.MAIL, US), (rf"{_NOT_ME}{_A}relances? (?:par|en) {_TEXT}(?: de)?", Channel.SMS, US),
    (rf"{_NOT_ME}{_A}relances? (?:par (?:tel(?:ephone)?|phone)|tel(?:ephonique)?)(?: de)?", Channel.CALL, US),
    (rf"(?<!a )(?<!ont ){_GAVE} {_A}{_MAIL} [^,;@]{{0,30}}(?<= )(?:a|au|aux) (?=(?:la |l')?§)", Channel.MAIL, US),
    # What came in
    (rf"{_A}{_MSG}{_OF} ?{_N} (?:laisse )?sur (?:mon|notre|le|ma|la) (?:repondeur|messagerie|boite vocale|portable)", Channel.CALL, THEM),
    (rf"(?:§|convention|contrat|devis|dossier|documents?|cv) [^@§,;]{{0,20}}recue?s?(?:{_OF} ?{_N})|recue?s?{_OF} ?{_N}|{_DOC}(?: [\w']+){{0,3}}(?: (?:de |d'|du |de la |de l')?§)? recue?s?\b", None, THEM),
    (r"(?:prend|pris|prennent) (?:bonne )?note de (?:mon|notre) (?:appel|message)", Channel.CALL, US), (rf"(?:prend|pris|prennent) (?:bonne )?note de (?:mon|notre) {_MAIL}", Channel.MAIL, US),
    (r"(?:eue?|joint|jointe|parle|echange|discute) (?:[@^] )?par (?:telephone|tel\.?|phone)(?: avec)?", Channel.CALL, BOTH),
    (rf"{_CALL} de (?:prospection|relance|courtoisie)", Channel.CALL, US), (rf"reponse(?: [a-z]+)?{_OF} ?{_N}(?: recue)?", None, THEM),
    (r"accompagne(?:e|s|es)? [^,;]{0,30}\b(?:chez|a la|au|aux)\b", Channel.VISIT, BOTH),
    (r"(?:co)?signe [^§,;]{0,30}\bavec", None, BOTH),
    (rf"{_A}{_CALL} (?:manques?|entrants?|recus?)(?:{_OF} ?{_N})?|{_GOT} {_A}{_CALL}(?:{_OF} ?{_N})?", Channel.CALL, THEM),
    (rf"{_GOT} {_A}{_TEXT}(?:{_OF} ?{_N})?|{_A}{_TEXT}{_OF} ?{_N}|recu {_N} par {_TEXT}|{_TEXT} recu", Channel.SMS, THEM),
    (rf"{_GOT} {_A}{_MAIL}(?: [^@§,;]{{1,20}})?(?:{_OF} ?{_N})?|{_A}{_MAIL}{_OF} ?{_N}|{_MAIL} recus?|{_A}reponse (?:par )?{_MAIL}?{_OF} ?{_N}", Channel.MAIL, THEM),
    (rf"{_GOT} {_A}{_NEWS}(?:{_OF} ?{_N})?|{_A}{_NEWS}{_OF} ?{_N}", Channel.NEWSLETTER, THEM),
    (rf"{_GOT} {_A}{_POST}(?:{_OF} ?{_N})?|{_A}{_POST}{_OF} ?{_N}", Channel.LETTER, THEM),
    (rf"{_A}{_CALL}{_OF} ?{_N}", Channel.CALL, THEM),
    (rf"{_A}{_MSG} {_SENT} par §", None, THEM),
    (rf"{_GOT} {_A}{_MSG}(?:{_OF} ?{_N})?|{_A}{_MSG}{_OF} ?{_N}", None, THEM),
    (rf"{_GOT} {_A}(?:{_DOC}|retour|reponse|demande|accord|confirmation)\b[^§@,;]{{0,25}}?(?:{_OF}|par) ?{_N}|(?:{_N}|il|elle) (?:nous |me |m')(?:repond|confirme|relance|sollicite|contacte|demande|informe|previent|propose|signale|transmet|envoie|annonce|dit|invite|convie|remercie|alerte|fait savoir|rassure|explique|assure)\b|{_N} (?:repond|demande|dit|explique|precise|indique|annonce|refuse|accepte|decline|confirme|propose|previent|signale|valide|prefere|nous invite)\b", None, THEM),
    (rf"(?:r?app?ell?e|telephone)(?:e|s|es)? par ?(?:la |le |l'|les )?{_N}", Channel.CALL, THEM),
    (rf"(?:contacte|recontacte|relance|sollicite)(?:e|s|es)? par ?(?:la |le |l'|les )?{_N}|par §", None, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|on|qui|^|et|puis),? ?(?:y )?(?:m'|nous )?{_HAS}{_ADV} ?(?:m'|nous |me )?{_CALLED}|(?:m'|nous ){_HAS}{_ADV} {_CALLED}|(?:{_N}|il|elle|qui) (?:m'|nous |me )?(?:r?appelle|telephone)(?:nt)?\b", Channel.CALL, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|qui|on) (?:m'|nous )?{_HAS}{_ADV} ?(?:m'|nous |me )?{_CALL_INF}\b", Channel.CALL, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|qui) (?:m'|nous )?{_HAS}{_ADV} ?(?:m'|nous |me )?(?:{_WRITTEN}|ecrire|(?:r?envoye|adresse|fait|laisse) {_A}{_MAIL})|(?:m'|nous ){_HAS}{_ADV} (?:{_WRITTEN}|ecrire|(?:r?envoye|adresse|fait) {_A}{_MAIL})|(?:{_N}|il|elle) (?:m'|nous )ecrit", Channel.MAIL, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|qui) (?:m'|nous )?{_HAS}{_ADV} ?(?:m'|nous )?(?:r?envoye|laisse|adresse) {_A}{_TEXT}|(?:m'|nous ){_HAS}{_ADV} (?:r?envoye|laisse|adresse) {_A}{_TEXT}", Channel.SMS, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|qui) (?:m'|nous )?{_HAS}{_ADV} (?:laisse) {_A}{_MSG}|(?:m'|nous ){_HAS}{_ADV} laisse {_A}{_MSG}(?: vocal| sur [^,;@]*)?", Channel.CALL, THEM),
    (rf"(?:{_N}|il|elle|ils|elles|qui|on|et) (?:m'|nous )?{_HAS}{_ADV} ?(?:m'|nous )?(?:repondu|recontacte|contacte|relance|sollicite|confirme|accepte|refuse|decline|demande|invite|convie|remercie|dit|explique|precise|annonce|indique|alerte|{_SENT}|fait savoir|fait un retour|donne son accord|propose|signale|prevenu|informe|signe|valide|retourne|demarche)(?:e|s|es)?|(?:m'|nous ){_HAS}{_ADV} (?:repondu|recontacte|contacte|relance|sollicite|{_SENT}|confirme|demande|prevenu|informe|propose|signale|retourne|demarche)(?:e|s|es)?|reponse{_OF} ?{_N}|retour{_OF} ?{_N}", None, THEM),
    (rf"{_N} (?:est |sont |etait )?(?:passee?s?|venue?s?|est passe|est venu) (?:me voir|nous voir|au bureau|au centre|au cfa|a l'agence|dans nos locaux|nous rencontrer|ici)|(?:{_N}|il|elle) (?:est|sont) (?:passee?s?|venue?s?)", Channel.MEETING, BOTH),
    # What went both ways
    (r"(?:echanges?|points?|entretiens?|rdv|reunions?|conversation|discussion|conf|conference) (?:telephoniques?|par telephone|au telephone|par tel|au tel|tel|telephone)(?: avec)?|conf call|audioconference|conference tel\w*", Channel.CALL, BOTH),
    (rf"(?:{_US} ?)?(?:eue?|parle|discute|echange|convenu|vu ca|fait le point|fait un point|joint|jointe|rappele)?(?: (?:a|avec))? ?(?:{_N})? ?(?:@ )?(?:longuement |brievement )?(?:au telephone|au tel|au bout du fil|en ligne)\b(?: avec)?|(?:appel|tel) avec|(?:enfin |bien )?(?:reussi a |pu )(?:le |la |les |l')?joindre|(?:enfin|bien) joint", Channel.CALL, BOTH),
    (rf"(?:echanges?|echange|discute|discussions?) (?:de |par |en )?{_MAIL}(?: avec)?", Channel.MAIL, BOTH),
    (rf"(?:echanges?|echange) (?:de |par )?{_TEXT}(?: avec)?", Channel.SMS, BOTH),
    # What went out
    (rf"{_SENT} {_A}{_TEXT}|{_A}{_TEXT}{_WHY}(?: (?:envoye|parti)s?)?{_TO} ?|{_TEXT} (?:envoye|parti|laisse)s?|texto(?:te|tee)\b", Channel.SMS, US),
    (rf"{_SENT} {_A}{_NEWS}|{_NEWS}(?: (?:envoyee?s?|partie?s?))?{_TO}?|{_A}{_NEWS}", Channel.NEWSLETTER, US),
    (rf"{_SENT} {_A}(?:[\w']+ )?{_MAIL}|{_A}{_MAIL}{_WHY}(?: (?:r?envoye|parti|fait|transmis|adresse|transfere))?s?{_TO} ?|{_A}{_MAIL} (?:r?envoye|parti|transmis|adresse|de relance|de rappel|de remerciements?)s?|fait {_A}{_MAIL}", Channel.MAIL, US),
    (rf"{_SENT} {_A}{_POST}|{_A}{_POST}{_WHY}(?: (?:envoyee?|partie?|postee?))?s?{_TO} ?|{_POST} (?:envoyee?|partie?)s?", Channel.LETTER, US),
    (rf"(?:{_US} )?(?:tente d'appeler|essaye d'appeler|appel en absence)|{_CALLED}(?=[\s@§,;:.]|$)|(?:passe|donne) {_A}{_CALL}|{_A}{_CALL}(?: passes?)?{_TO} ?|appel sortant", Channel.CALL, US),
    (rf"{_WRITTEN}(?=[\s@§,;:.]|$)", Channel.MAIL, US),
    (rf"(?:re-?)?(?:relance|contacte|recontacte|sollicite|invite|convie|convoque|questionne|interroge|alerte|avise|felicite|prevenu|informe|remercie|demarche|prospecte)(?:e|s|es)?\b|(?:re)?pris contact(?: avec)?|contact (?:re)?pris|prise de contact(?: avec)?|{_A}relances? (?:a|de|du|aupres)\b|{_A}relance(?: (?:faite|envoyee|effectuee))\b|relance(?= @)", None, US),
    (rf"repondu(?:{_TO})?", None, US),
    (rf"{_GAVE}(?! par)(?:[^,;@]{{0,40}}?)(?=(?: a| au| aux| pour) ?(?:la |le |l')?§)|{_GAVE} {_A}{_DOC}|{_DOC} (?:r?envoye|transmis|adresse|partie?)(?:e|s|es)?\b", None, US),
    # Met
    (rf"(?:{_US} )?visitee?s?\b|{_A}visites?\b(?! medicale)|(?:(?:re)?passee?s?|(?:re)?passage|alle|allee|allees|alles|deplacement|deplace|deplacee|suis alle|retournee?s?) (?:chez|voir|a la|a l'|au|aux|dans|sur (?:site|place))|sur place|dans leurs locaux|chez eux", Channel.VISIT, BOTH),
    (rf"(?:{_US} )?(?:fait |eu |tenu |participe a )?{_A}{_MET}(?: (?:de|d')[^§@,;]{{1,25}})? ?(?:en {_REMOTE} |{_REMOTE} )?(?:chez|avec|entre)?|en {_REMOTE}|(?:re)?(?:vue?s?|rencontree?s?|dejeune)(?= |@|§|,|$)|(?:recu|accueilli)(?:e|s|es)? (?:la |le |l')?{_N}|dans nos locaux|pris (?:un |le )?(?:cafe|verre)", Channel.MEETING, BOTH),
    (r"(?:parle|discute|echange|croise|convenu|travaille|fait le point|fait un point|fait connaissance|papote)(?:e|s|es)?(?: ensemble)?(?: avec| a)?\b|echanges?(?: avec| nourri| tres| constructif)|(?:je )?l'ai (?:enfin |bien )?eue?\b|(?:j'ai |jai |on a |ai |nous avons |enfin |bien )eue? (?=(?:la |le |l')?§)|eue? (?=(?:la |le |l'|enfin )?§)|discussion avec", None, BOTH),
)  # fmt: skip
WAYS += tuple((rf"(?:^|@ |\^ |: ){_A}{noun}(?= |$)", channel, None) for noun, channel in (
    (_CALL, Channel.CALL), (_MAIL, Channel.MAIL), (_TEXT, Channel.SMS), (_POST, Channel.LETTER), (_MSG, None),
))  # fmt: skip
"""A pattern, the channel and the direction that it tells, the surest first."""

CHANNELS: tuple[tuple[str, Channel], ...] = (
    (r"par (?:telephone|tel|phone)|au telephone|au tel\b|de vive voix au tel", Channel.CALL),
    (rf"(?:par|en|via) {_MAIL}|mail\b", Channel.MAIL), (rf"(?:par|via|en) {_TEXT}", Channel.SMS),
    (rf"(?:par|en|via) {_POST}|en recommande|par la poste", Channel.LETTER),
    (rf"(?:en|sur|par|via) {_REMOTE}", Channel.MEETING),
    (rf"{_CALL}\b", Channel.CALL), (rf"{_TEXT}\b", Channel.SMS), (rf"{_MAIL}\b", Channel.MAIL), (rf"{_POST}\b", Channel.LETTER),
)  # fmt: skip
"""How, when a verb has not told it."""

EVENT = re.compile(
    r"(?<![\w-])(?:^(?:[@^] )*|(?:au|aux|lors d'un|lors du|lors de la|lors des|lors de l'|sur le|sur un|pendant le|pdt le|a la|a un|a une|d'un|a l'|au cours du|durant le|pendant la) ?)"
    r"(?:stand (?:du|au) )?(?P<event>(?:salons?|forums?|job ?datings?|(?:journee )?portes ouvertes|jpo|colloque|seminaire|atelier|inauguration|afterwork"
    r"|petit[- ]dejeuner|soiree|club|conference|webinaire|convention annuelle|foire|rencontres|ag|assemblee generale|speed ?dating|remise des diplomes|journee)\b[^,;:()@^§.]*?)"
    r"(?=,|;|:|\(|\)|\.|@|\^|§| avec | il | elle | et |$)"
)
OUTCOME = re.compile(
    r"^(?:et |donc |mais |car )?(?:ok\b|(?:(?:tout|ca) (?:va|s'est|se passe|est)|bon (?:contact|accueil|echange|feeling)|tres (?:bon|positif|constructif)|(?:le|la|leur|l'|son|sa|les) ?\w+ (?:est|sont|a|ont|va|etait)\b)|oui\b|d'accord|accord\b|interessee?s?\b|tres interesse|motive|partant|ravie?s?\b|favorable|valide|preneur|pas interesse|"
    r"refus|(?:§|il|elle|ils|elles|qui) (?:m'|nous |me |ne |n'|y |en |l')?(?:est|sont|a|ont|veut|veulent|souhaite|souhaitent|cherche|cherchent|prend|prendra|prennent|accepte|refuse|propose|confirme|dit|demande|attend|hesite|recrute"
    r"|recherche|peut|pense|accueille|aimerait|voudrait|va|vont|nous|me)\b)"
)
"""A clause that tells what the other said: someone answered."""

_INF = (
    r"(?:(?:r|re-?)?appeler|relancer|(?:re)?contacter|(?:re|r)?envoyer|transmettre|(?:re)?voir|visiter|(?:re)?prevoir|preparer|planifier|programmer|fixer|caler|prendre (?:rdv|rv|rendez|contact|date)"
    r"|organiser|proposer|faire|demander|verifier|confirmer|repondre|ecrire|mailer|telephoner|passer|aller|reprendre|finaliser|signer|rediger|adresser|recueillir|mettre|donner|chercher|trouver|inviter|solliciter"
    r"|attendre|suivre|revenir|poser|reporter|signer|recontacter|actualiser|rencontrer|retourner|redemander|reessayer|retenter|tenter|essayer|refaire|renouveler|informer|prevenir|remercier|valider|convenir|discuter|echanger|boucler|recaler|creuser|penser)"
)
_MUST = (
    r"(?:(?:je |on |il |elle |ils |elles |nous |§ |qui )?(?:me |m'|nous |y )?(?:dois|doit|devons|doivent|devrai[st]|faut|vais|va|allons|vont|compte|prevois|prevoit|pense|souhaite|faudra|devra|s'est engagee? a|promet de|a promis de|s'engage a|prefere)"
    r"|a|ne pas|ne plus|penser a|pensez a|ne pas oublier (?:de|d')|pas oublier (?:de|d')|merci de|todo|a faire ?:?|prevu de|reste a|il reste a|prevoir de|a prevoir ?:?|pr|faut|rdv pour)"
)
_THEN = r"(?:puis |et |ensuite |donc |du coup |alors |sinon |-> ?|=> ?|@ |\^ |si [^,;]{3,30}? )*"
_TOME = r"(?:m'|me |nous |te |le |la |les |l'|lui |leur |y |en |se |vous )*"
SPOKE = re.compile(
    r"§[^,;]* (?:m'a |nous a |a |ont |nous ont |m'ont )?(?:me |nous |m')?(?:propose|demande|dit|prie|promet|promis|previent|prevenu|annonce|confirme)\b"
)
"""Someone said it: an exchange, whatever is to be done after it."""
WISHED = re.compile(r"§[^,;]* (?:souhaite|veut|voudrait|aimerait|souhaiterait)(?:nt)?\b")
"""Someone wants it: they said it in an exchange, of which nobody said from whom it came."""
_NOUN = r"(?:courriers?|ateliers?|dejeuner|diner|gouter|premier|dernier|hier|janvier|fevrier|dossier|papier|chantier|metier|quartier|calendrier|cher|newsletter|flyer|entier|plaisir|avenir|loisir|souvenir|leader|manager|tuteur)"
"""Nouns and others that end as infinitives do."""
FOLLOW = (
    rf"^{_THEN}(?:§ ?[:,]? ?)?{_MUST}? ?{_TOME}{_INF}\b",
    rf"(?<![\w'])(?:je |il |elle |ils |elles |on |nous |§ |qui )?(?:doit|doivent|va|vont|devrait|devra|dois|devons|vais|faut|promis de|engage a|souhaite|prefere|faudra) {_TOME}{_INF}\b",
    rf"(?:^|(?<=[§@^] ))a {_INF}\b|\ba (?:r?appeler|relancer|recontacter|revoir)\b",
    rf"(?:dit|demande|propose|prie|convenu) (?:de |d'){_TOME}{_INF}\b",
    rf"(?<![\w'])(?:je |il |elle |ils |elles |on |nous |§ |qui )?{_TOME}(?:(?:r|re)?appellera|rapellera|appelera|rappelera|recontactera|enverra|renverra|reviendra|repondra|confirmera|transmettra|passera|viendra|tiendra au courant|fera (?:un|son) (?:retour|point)|donnera (?:sa|une) reponse|rappellerai|relancerai|enverrai|repasserai|passerai|reverra|reverrons|revoit|verra)(?:ont|i|s)?\b",
    rf"(?<!\w)(?:je |j'|il |elle |ils |elles |on |nous |§ |qui ){_TOME}(?:r?appelle|relance|recontacte|envoie|renvoie|revient|repasse|passe|vois|voit|revois|revoit|rencontre|reprends|reviens|vais)(?:nt|ons)?(?: [^@,;]{{1,30}}?)? @",
    rf"^{_THEN}(?:me |nous |m'|le |la |l')(?:r?appelle|relance|recontacte|envoie|renvoie|revois|revoit|vois|transmet)(?: [^@,;]{{1,30}}?)? @",
    rf"^(?:puis |et )?(?!{_NOUN}\b)(?:[a-z]{{3,}}(?:er|ir)|[a-z]*(?:mettre|prendre|rendre|soudre|duire|crire|clure|joindre|faire|suivre|attendre|pondre|vaincre))\b(?= (?:avec|a|au|aux|la|le|les|l'|un|une|des|du|de|§|pour|si|son|sa|notre|leur)\b| l'| §)",
    r"(?<!\w)(?:rdv|rv|rendez[- ]vous|visite|point|reunion|visio|entretien|r?appel|prochain(?:e)? \w+) (?:est |sont |bien )?(?:pris|prise|fixee?|calee?|cale|prevue?|confirmee?|planifiee?|posee?|programmee?|a caler|a prevoir|a fixer|reporte|reportee|decale|decalee|note|notee|convenu)\b",
    r"(?<!\w)(?:on a |j'ai |nous avons |avons |ai )?(?:pris|fixe|cale|prevu|planifie|pose|programme|convenu d'un|convenu de|reporte|decale) (?:un |une |le |la |de )?(?:rdv|rv|rendez[- ]vous|visite|point|reunion|visio|entretien|date|se |nous )",
    rf"^[§@^ ]*{_A}(?:rappel|relance|appel|visite|mail|courrier|devis|convention|contrat|dossier|documents?|point|rdv|bilan|compte[- ]rendu|planning|date|suivi|invitation|facture|attestation|reponse) a {_INF}\b",
    r"(?:prochain|prochaine) (?:rdv|rv|rendez[- ]vous|visite|point|reunion|visio|entretien|appel|relance|echange)\b",
    r"^(?:et |puis )?(?:nouvelle |autre )?relance (?:@|a prevoir|prevue|si)",
)  # fmt: skip
"""What is to be done."""

NOMINAL = re.compile(
    rf"^(?:{_A})?(?!rencontree?s? (?!avec|entre))(?:{_MET}|visites?|appel|comite|conseil|copil|jury|salon|forum|echange|suivi|audit|dejeuner|passage|relance|retour|immersion|debut|signature|remise|envoi|lancement|inauguration|presentation|rentree|demarrage|intervention|session|webinaire|atelier|seminaire|colloque|soutenance|job ?dating|rencontres)\b"
)
"""A clause without a verb: whether it is gone or to come, only its day tells."""
