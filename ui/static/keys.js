// The first key after a load. A shortcut that is pressed before what answers to it is there is kept, with what is typed
// after it, and given once it is: never from within a field, and never twice. Whoever answers says so in `data-ready`.
(() => {
  const PATIENCE = 30000
  const GRACE = 3000 // who may log has « Consigner » with the search box: after that, nothing will answer
  const FIELDS = 'input, textarea, select, [contenteditable=true], dialog, [role=dialog]'
  const ANSWERED = { '/': 'search', '?': 'search', c: 'log' }
  let kept = null

  const ready = (name) => (document.documentElement.dataset.ready ?? '').split(' ').includes(name)
  const answers = (event) => (event.ctrlKey || event.metaKey ? (event.key.toLowerCase() === 'k' ? 'search' : null) : ANSWERED[event.key])
  const forget = () => { clearTimeout(kept?.timer); kept = null }
  const focused = () => {
    let found = document.activeElement
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement
    return found
  }
  const give = () => {
    if (!kept) return
    if (!ready(kept.name)) {
      if (ready('search')) { clearTimeout(kept.timer); kept.timer = setTimeout(forget, GRACE) }
      return
    }
    const { key, text } = kept
    forget()
    if (focused()?.closest(FIELDS)) return
    document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true, composed: true }))
    const field = focused()
    if (!text || !field?.matches('input')) return
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }

  addEventListener('keydown', (event) => {
    if (!event.isTrusted || event.altKey) return
    if (event.composedPath()[0]?.closest?.(FIELDS)) return forget()
    const { key, ctrlKey, metaKey, shiftKey } = event
    if (kept && !ctrlKey && !metaKey) {
      if (key === 'Escape') return forget()
      if (key === 'Backspace') kept.text = kept.text.slice(0, -1)
      else if (key.length === 1) kept.text += key
      else return undefined
    } else {
      const name = answers(event)
      if (!name || ready(name)) return undefined
      forget()
      kept = { name, key: { key, ctrlKey, metaKey, shiftKey }, text: '', timer: setTimeout(forget, PATIENCE) }
    }
    event.preventDefault()
    return undefined
  }, true)
  addEventListener('pointerdown', forget, true)
  new MutationObserver(give).observe(document.documentElement, { attributes: true, attributeFilter: ['data-ready'] })
})()
