// The menu follows the address: the page shown is marked and has its style sheets, the day goes along in every link, and
// choosing a day changes the address. A click on a link of class « door », anywhere, moves within the application: one
// entry in the history, no reload. Others ask for it by the event « reseau28:go ».
(() => {
  const menu = document.getElementById('menu')
  const sheets = document.querySelectorAll('link[data-pages]')
  const links = [...menu.querySelectorAll('nav a')].map((link) => [link, link.getAttribute('href')])
  const when = menu.querySelector('#when')
  const field = when.querySelector('input')
  const said = menu.querySelector('.said')
  const short = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' })

  const day = () => {
    const given = new URLSearchParams(location.search).get('date') ?? ''
    const past = /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(given)) && given >= field.min && given < today()
    return past ? given : ''
  }
  const follow = () => {
    const shown = day()
    for (const [link, path] of links) {
      link.href = shown ? `${path}?date=${shown}` : path
      if (path === location.pathname) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    for (const sheet of sheets) sheet.media = sheet.dataset.pages.split(' ').includes(location.pathname.slice(1)) ? 'all' : 'not all'
    said.textContent = `au ${short.format(new Date(shown || today())).replace(/^1 /, '1er ')}`
    menu.classList.toggle('past', Boolean(shown))
    field.value = shown || today()
    field.max = today()
    when.querySelector('.back').hidden = !shown
  }
  const go = (href) => {
    if (!document.dispatchEvent(new Event('reseau28:leaving', { cancelable: true }))) return
    history.pushState({}, '', href)
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }
  // Where the address changes while the page is being drawn, what is drawn last may be of the address before: it is asked
  // for again once all is drawn.
  const app = () => document.querySelector('[data-testid=stApp]')
  const drawn = () => app()?.dataset.testScriptState === 'notRunning'
  let waiting = null
  const again = () => {
    if (waiting || !app() || drawn()) return
    waiting = new MutationObserver(() => {
      if (!drawn()) return
      waiting.disconnect()
      waiting = null
      window.dispatchEvent(new PopStateEvent('popstate', { state: {} }))
    })
    waiting.observe(app(), { attributeFilter: ['data-test-script-state'] })
  }
  const see = (chosen) => {
    const address = new URL(location.href)
    if (chosen && chosen < today()) address.searchParams.set('date', chosen)
    else address.searchParams.delete('date')
    when.hidePopover()
    if (address.href !== location.href) go(address.href)
  }

  field.addEventListener('change', () => field.validity.valid && see(field.value))
  when.querySelector('.back').addEventListener('click', () => see(''))
  when.addEventListener('toggle', (event) => event.newState === 'open' && field.focus())
  document.addEventListener('reseau28:go', (event) => go(event.detail))
  document.addEventListener('click', (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((each) => each.classList?.contains('door') && each.getAttribute('href'))
    if (!link) return
    event.preventDefault()
    event.stopImmediatePropagation()
    go(link.getAttribute('href'))
  }, true)
  for (const change of ['pushState', 'replaceState']) { // Streamlit changes the address by these, and tells nobody
    const original = history[change].bind(history)
    history[change] = (...given) => { original(...given); follow() }
  }
  window.addEventListener('popstate', follow)
  window.addEventListener('popstate', again)
  follow()
})()
