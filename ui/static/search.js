// The search box, which is the command palette too, and what needs the browser in the frame: « / » or Ctrl+K puts the
// cursor in it, « ? » shows the shortcuts. Texts reach the page by textContent only.
export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.querySelector('input')
  const list = parentElement.querySelector('[role=listbox]')
  const help = parentElement.querySelector('dialog')
  const state = (box.state ??= { options: [], at: -1, timer: 0, palette: false })

  const go = (href) => document.dispatchEvent(new CustomEvent('reseau28:go', { detail: href }))
  const close = () => { list.hidden = true; state.at = -1; box.setAttribute('aria-expanded', 'false') }
  const acts = { log: () => document.dispatchEvent(new Event('reseau28:log')), shortcuts: () => help.showModal() }
  const leave = (option) => {
    box.value = ''
    box.blur()
    close()
    if (option.dataset.act) acts[option.dataset.act]?.()
    else go(option.getAttribute('href'))
  }
  const node = (tag, className, text) => {
    const made = document.createElement(tag)
    made.className = className
    made.textContent = text
    return made
  }
  const choose = (index) => {
    state.at = Math.max(Math.min(index, 0), Math.min(index, state.options.length - 1))
    state.options.forEach((option, i) => option.setAttribute('aria-selected', String(i === state.at)))
    const chosen = state.options[state.at]
    if (chosen) { box.setAttribute('aria-activedescendant', chosen.id); chosen.scrollIntoView({ block: 'nearest' }) }
  }
  const show = () => {
    const asked = box.value.trim()
    if (asked ? data.query !== asked : (box.getRootNode().activeElement ?? document.activeElement) !== box) return
    const found = state.palette ? [...data.commands, ...data.groups] : [...data.groups, ...data.commands]
    list.replaceChildren()
    state.options = []
    for (const group of asked ? found : data.start) {
      const part = node('div', 'part', '')
      const label = node('div', 'group', group.label)
      label.id = `part-${list.childElementCount}`
      part.setAttribute('role', 'group')
      part.setAttribute('aria-labelledby', label.id)
      part.append(label)
      for (const item of group.items) {
        const option = node('a', 'option', '')
        option.id = `hit-${state.options.length}`
        if (item.act) option.dataset.act = item.act
        else option.href = item.href
        option.setAttribute('role', 'option')
        option.tabIndex = -1
        option.append(node('span', 'caption', item.caption), node('span', 'detail', item.detail))
        if (item.passage) option.append(node('span', 'passage', item.passage))
        state.options.push(option)
        part.append(option)
      }
      list.append(part)
    }
    if (!state.options.length) list.append(node('div', 'group', data.nothing))
    list.hidden = false
    box.setAttribute('aria-expanded', 'true')
    choose(asked ? 0 : -1)
    if (state.enter && state.options.length) { state.enter = false; leave(state.options[0]) }
  }
  const ask = (wait) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => setStateValue('query', box.value.trim()), wait)
  }

  box.oninput = () => { state.enter = false; ask(160); if (!box.value.trim()) show() }
  box.onfocus = () => show()
  box.onkeydown = (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      choose(state.at + (event.key === 'ArrowDown' ? 1 : -1))
      event.preventDefault()
    } else if (event.key === 'Escape') {
      box.value = ''
      box.blur()
      close()
    } else if (event.key === 'Enter') {
      const asked = box.value.trim()
      if ((!asked || data.query === asked) && state.options[state.at]) leave(state.options[state.at])
      else if (asked) { state.enter = true; ask(0) }
    }
  }
  list.onmousedown = (event) => event.preventDefault()
  list.onclick = (event) => {
    const option = event.target.closest('a')
    if (!option || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    leave(option)
  }
  help.querySelector('.close').onclick = () => help.close()
  help.onclick = (event) => { if (event.target === help) help.close() } // a false returned would undo the click
  box.onblur = () => setTimeout(close, 150)

  const key = (event) => {
    if (event.altKey) return
    const command = event.ctrlKey || event.metaKey
    const typing = event.composedPath()[0]?.closest?.('input, textarea, select, [contenteditable=true], dialog')
    if (command ? event.key.toLowerCase() !== 'k' : typing || !'/?'.includes(event.key)) return
    event.preventDefault()
    if (event.key === '?') { help.showModal(); return }
    state.palette = command
    box.select()
    box.focus()
    show()
  }
  const ready = (is) => {
    const there = new Set((document.documentElement.dataset.ready ?? '').split(' ').filter((each) => each && each !== 'search'))
    if (is) there.add('search')
    document.documentElement.dataset.ready = [...there].join(' ')
  }
  state.stop?.() // this function runs again at each change of the data
  document.addEventListener('keydown', key)
  ready(true) // what this page answers to from now on
  state.stop = () => {
    document.removeEventListener('keydown', key)
    ready(false)
  }
  box.placeholder = data.placeholder
  box.setAttribute('aria-label', data.placeholder)
  show()
  return () => state.stop()
}
