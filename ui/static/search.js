// The search box, and what needs the browser in the frame: « / » puts the cursor in it; a click on a link of class
// « door » moves within the application (one entry in the history, no reload). Texts reach the page by textContent only.
export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector('input')
  const list = parentElement.querySelector('[role=listbox]')
  const state = (box.state ??= { options: [], at: -1, timer: 0 })

  const go = (href) => {
    history.pushState({}, '', href)
    window.dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }
  const close = () => { list.hidden = true; state.at = -1; box.setAttribute('aria-expanded', 'false') }
  const leave = (href) => { box.value = ''; box.blur(); close(); go(href) }
  const node = (tag, className, text) => {
    const made = document.createElement(tag)
    made.className = className
    made.textContent = text
    return made
  }
  const choose = (index) => {
    state.at = Math.max(0, Math.min(index, state.options.length - 1))
    state.options.forEach((option, i) => option.setAttribute('aria-selected', String(i === state.at)))
    const chosen = state.options[state.at]
    if (chosen) { box.setAttribute('aria-activedescendant', chosen.id); chosen.scrollIntoView({ block: 'nearest' }) }
  }
  const show = () => {
    const asked = box.value.trim()
    if (!asked || data.query !== asked) { if (!asked) close(); return }
    list.replaceChildren()
    state.options = []
    for (const group of data.groups) {
      list.append(node('div', 'group', group.label))
      for (const item of group.items) {
        const option = node('a', 'option', '')
        option.id = `hit-${state.options.length}`
        option.href = item.href
        option.setAttribute('role', 'option')
        option.tabIndex = -1
        option.append(node('span', 'caption', item.caption), node('span', 'detail', item.detail))
        state.options.push(option)
        list.append(option)
      }
    }
    if (!state.options.length) list.append(node('div', 'group', data.nothing))
    list.hidden = false
    box.setAttribute('aria-expanded', 'true')
    choose(0)
    if (state.enter && state.options.length) { state.enter = false; leave(state.options[0].getAttribute('href')) }
  }
  const ask = (wait) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => setStateValue('query', box.value.trim()), wait)
  }

  box.oninput = () => { state.enter = false; ask(160); if (!box.value.trim()) close() }
  box.onfocus = () => show()
  box.onkeydown = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      choose(state.at + (event.key === 'ArrowDown' ? 1 : -1))
      event.preventDefault()
    } else if (event.key === 'Escape') {
      box.value = ''
      close()
    } else if (event.key === 'Enter' && box.value.trim()) {
      if (data.query === box.value.trim() && state.options[state.at]) leave(state.options[state.at].getAttribute('href'))
      else { state.enter = true; ask(0) }
    }
  }
  list.onmousedown = (event) => event.preventDefault()
  list.onclick = (event) => {
    const option = event.target.closest('a')
    if (!option || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    leave(option.getAttribute('href'))
  }
  box.onblur = () => setTimeout(close, 150)

  const key = (event) => {
    const typing = event.composedPath()[0]?.closest?.('input, textarea, select, [contenteditable=true]')
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    box.focus()
  }
  const door = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((each) => each.classList?.contains('door') && each.getAttribute('href'))
    if (!link) return
    event.preventDefault()
    event.stopImmediatePropagation()
    go(link.getAttribute('href'))
  }
  state.stop?.() // this function runs again at each change of the data
  document.addEventListener('keydown', key)
  document.addEventListener('click', door, true)
  state.stop = () => {
    document.removeEventListener('keydown', key)
    document.removeEventListener('click', door, true)
  }
  box.placeholder = data.placeholder
  box.setAttribute('aria-label', data.placeholder)
  show()
  return () => state.stop()
}
