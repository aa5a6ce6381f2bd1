// Streamlit's own words, said in French wherever and whenever they appear. Only nodes of text and attributes change:
// what React made stays what React knows.
(() => {
  const WORDS = new Map(Object.entries({
    'Upload': 'Choisir', 'Browse files': 'Choisir', 'Add files': 'Ajouter des fichiers', 'file upload': 'Fichiers à déposer',
    'Drag and drop file here': 'Déposez votre fichier ici', 'Drag and drop files here': 'Déposez vos fichiers ici',
    'No results': 'Aucun résultat', 'No options to select': 'Rien à choisir', 'No options to select.': 'Rien à choisir',
    'Choose an option': 'Choisir', 'Choose options': 'Choisir', 'Add an option': 'Ajouter', 'Add options': 'Ajouter',
    'Choose or add an option': 'Choisir ou ajouter', 'Choose or add options': 'Choisir ou ajouter',
    'Select all': 'Tout choisir', 'Selected values': 'Valeurs choisies', 'Clear all': 'Tout retirer',
    'Clear value': 'Effacer', 'Clear selection': 'Effacer le choix', 'Clear entry': 'Effacer', 'Clear date': 'Effacer la date',
    'Clear dates': 'Effacer les dates', 'Clear time': 'Effacer l’heure', 'Choose date': 'Choisir une date',
    'Choose date range': 'Choisir une période', 'Choose date and time': 'Choisir une date et une heure',
    'Close': 'Fermer', 'Close Search': 'Fermer la recherche', 'Search': 'Rechercher', 'Fullscreen': 'Plein écran',
    'Close fullscreen': 'Quitter le plein écran', 'Collapse sidebar': 'Replier le menu', 'Expand sidebar': 'Déplier le menu',
    'Increment': 'Augmenter', 'Decrement': 'Diminuer', 'Link to heading': 'Lien vers ce titre', 'App pages': 'Pages',
    'Press Enter to apply': 'Entrée pour appliquer', 'Press Enter to submit form': 'Entrée pour valider',
    'Press Ctrl+Enter to apply': 'Ctrl+Entrée pour appliquer', 'Press ⌘+Enter to apply': '⌘+Entrée pour appliquer',
    'Press Ctrl+Enter to submit form': 'Ctrl+Entrée pour valider', 'Press ⌘+Enter to submit form': '⌘+Entrée pour valider',
    'Please enter a date': 'Indiquez une date', 'Upload failed': "L'envoi a échoué", 'Only one file is allowed.': 'Un seul fichier à la fois.', 'Main menu': 'Menu',
    'Connection error': 'Connexion perdue', 'Connecting': 'Connexion', 'CONNECTING': 'CONNEXION', 'Running...': 'En cours…', 'Stop': 'Arrêter',
    'Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:':
      'Le serveur de Réseau 28 ne répond plus : vérifiez qu’il tourne, la page se rétablira seule.',
    'Streamlit server is not responding. Are you connected to the internet?':
      'Le serveur de Réseau 28 ne répond plus : la page se rétablira seule à son retour, gardez-la ouverte.',
    'Copy to clipboard': 'Copier', 'Download as CSV': 'Télécharger en CSV', 'Dismiss': 'Fermer', 'Calendar': 'Calendrier',
    'Next': 'Suivant', 'Previous': 'Précédent', 'Next month': 'Mois suivant', 'Previous month': 'Mois précédent',
    'Skip to main content': 'Aller au contenu', 'Sidebar': 'Menu', 'Main': 'Page', 'dd': 'jj', 'yyyy': 'aaaa',
  }))
  const PATTERNS = [
    [/^day, (.+)$/, 'jour, $1'], [/^month, (.+)$/, 'mois, $1'], [/^year, (.+)$/, 'année, $1'],
    [/^Remove (.+)$/, 'Retirer $1'], [/^Help for (.+)$/, 'Aide : $1'], [/^Select all (\d+) matches$/, 'Choisir les $1 trouvés'],
    [/^(\d+)\s?MB per file(.*)$/, '$1 Mo par fichier$2'], [/^(.+) start date$/, '$1, début'], [/^(.+) end date$/, '$1, fin'],
    [/^Limit (\d+)\s?MB per file(.*)$/, '$1 Mo par fichier$2'], [/^Add: (.+)$/, 'Ajouter : $1'], [/^Selected: (.+)$/, 'Choisi : $1'],
    [/^File must be (\d+)(?:\.0)?MB or smaller\.?$/, 'Le fichier dépasse $1 Mo : découpez-le.'],
    [/^(.+) files are not allowed\.?$/, 'Les fichiers $1 ne se lisent pas ici.'],
  ]
  const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt']
  const OURS = '[data-testid="stHtml"], [data-testid="stBidiComponentRegular"], [data-testid="stBidiComponentIsolated"]'

  const french = (words) => {
    const bare = words.trim()
    if (!bare || bare.length > 160) return null
    const known = WORDS.get(bare)
    if (known) return words.replace(bare, () => known)
    const found = PATTERNS.find(([pattern]) => pattern.test(bare))
    return found ? bare.replace(...found) : null
  }
  // What people wrote is not Streamlit's: our components, texts, and the choices of a list but the first one.
  const theirs = (element, words) =>
    element?.closest(OURS) ||
    (element?.closest('[data-testid="stMarkdownContainer"]') && !element.closest('[data-testid="stFileUploader"]')) ||
    (element?.closest('[role=option]') && !words.startsWith('Select all'))
  const text = (node) => {
    const said = french(node.nodeValue)
    if (said !== null && said !== node.nodeValue && !theirs(node.parentElement, node.nodeValue)) node.nodeValue = said
  }
  const attributes = (element) => {
    for (const name of ATTRIBUTES) {
      const said = element.hasAttribute(name) ? french(element.getAttribute(name)) : null
      if (said !== null && said !== element.getAttribute(name)) element.setAttribute(name, said)
    }
  }
  const all = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root)
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OURS)) return undefined
    attributes(root)
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
    while (walk.nextNode()) (walk.currentNode.nodeType === Node.TEXT_NODE ? text : attributes)(walk.currentNode)
    return undefined
  }
  // What opens over the page (menus, dialogs) is outside of the application, whose light or dark theme it must have.
  const theme = () => {
    const app = document.querySelector('.stApp')
    if (app) document.body.style.colorScheme = getComputedStyle(app).colorScheme
  }
  new MutationObserver((changes) => {
    if (changes.some(({ type, target }) => type === 'childList' && !target.closest?.('#root, head'))) theme()
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(all)
      else if (change.type === 'characterData') text(change.target)
      else attributes(change.target)
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  })
  const speakFrench = () => { if (document.documentElement.lang !== 'fr') document.documentElement.lang = 'fr' }
  new MutationObserver(speakFrench).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] })
  speakFrench()
  all(document.body)

  // What is typed in a form is nowhere else until it is sent: the browser asks before the page goes, here or away.
  let typed = null
  const sent = (event) => {
    const leaves = event.type === 'click' ? event.target.closest?.('[data-testid="stFormSubmitButton"]') : event.key === 'Enter'
    if (leaves && typed?.contains(event.target)) typed = null
  }
  document.addEventListener('input', ({ target }) => { typed = target.closest?.('[data-testid="stForm"]') ?? typed }, true)
  for (const kind of ['click', 'keydown']) document.addEventListener(kind, sent, true)
  addEventListener('beforeunload', (event) => { if (typed?.isConnected) event.preventDefault() })
  document.addEventListener('reseau28:leaving', (event) => {
    if (typed?.isConnected && !confirm('Ce que vous avez saisi n’est pas enregistré. Le laisser\u00a0?')) event.preventDefault()
    else typed = null
  })
})()
