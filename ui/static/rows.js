// The row of the record that is open beside its list is marked, and brought into sight once when another one is opened.
(() => {
  const ROWS = 'table.rows.partners a.name'
  let brought = ''
  let waiting = false
  const follow = () => {
    waiting = false
    const id = new URLSearchParams(location.search).get('fiche') ?? ''
    const marked = document.querySelector(`${ROWS}[aria-current]`)
    const link = id && document.querySelector(`${ROWS}[href$="fiche=${CSS.escape(encodeURIComponent(id))}"]`)
    if (marked && marked !== link) marked.removeAttribute('aria-current')
    if (!link) {
      if (!id) brought = ''
      return
    }
    if (link !== marked) link.setAttribute('aria-current', 'true')
    if (brought !== id) link.closest('tr').scrollIntoView({ block: 'nearest' })
    brought = id
  }
  new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(follow)
    waiting = true
  }).observe(document.documentElement, { subtree: true, childList: true })
})()
