// « Consigner »: one line in a dialog. The server reads what is typed and sends back what it understood, which is shown
// as chips to be corrected; Enter saves what is shown. Texts reach the page by textContent only.
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const dialog = find('dialog'), line = find('.line'), chips = find('.chips'), problem = find('.problem')
  const state = (dialog.state ??= { typed: { text: '' }, timer: 0, saved: data.saved })
  state.data = data
  state.send = setStateValue
  state.trigger = setTriggerValue

  const made = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text ?? '' })
  const same = () => JSON.stringify(state.data.typed) === JSON.stringify(state.typed)
  const ask = (wait) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => state.send('typed', { ...state.typed }), wait)
  }
  const correct = (name, value) => {
    state.enter = false
    state.typed = { ...state.typed, [name]: value }
    ask(0)
  }
  const pick = (words, key) => correct('picks', { ...state.typed.picks, [words]: key })
  const save = () => {
    if (!same()) { state.enter = true; ask(0); return }
    state.enter = false
    if (state.data.ready) state.trigger('save', { ...state.typed })
    else line.focus()
  }
  const title = find('.title'), due = find('.due input'), ahead = find('.ahead input')
  const amend = (wait) => {
    state.enter = false
    state.typed = { ...state.typed, next: { title: title.value, due: due.value } }
    ask(wait)
  }
  const focused = () => (parentElement.getRootNode?.() ?? document).activeElement
  const showNext = () => {
    const next = state.data.typed.text ? state.data.next : null
    find('.next').hidden = !next
    find('.ahead').hidden = !state.data.typed.text || !state.data.ahead
    ahead.checked = Boolean(state.typed.on)
    if (!next) return
    find('.next').classList.toggle('declined', next.declined)
    if (focused() !== title) title.value = next.title // what is being typed is left alone
    if (focused() !== due) due.value = next.due
    title.disabled = due.disabled = next.declined
    due.min = state.data.today
    due.setAttribute('aria-label', next.day)
    find('.due .shown').textContent = next.day
    find('.decline').textContent = next.declined ? 'Reprendre' : 'Ne pas garder'
  }
  const choice = (label, options, value, change, open) => {
    const chip = made('label', `chip${open ? ' open-question' : ''}`, label)
    const select = made('select', '')
    for (const [key, words] of options) select.append(Object.assign(made('option', '', words), { value: key, selected: key === value }))
    select.onchange = () => change(select.value)
    chip.append(select)
    return chip
  }
  const show = () => {
    const heard = find('.heard'), kept = chips.contains(parentElement.activeElement) // a select keeps its place in turn
    heard.replaceChildren(...state.data.parts.map(([text, role]) => (role ? made('mark', role, text) : made('span', '', text))))
    if (!state.data.typed.text) heard.textContent = state.data.examples
    const asked = state.data.typed.text ? [state.data.problem, ...state.data.questions].filter(Boolean) : []
    problem.replaceChildren(...asked.map((each) => made('span', '', each)))
    if (state.data.typed.text && state.data.add) problem.append(' ', Object.assign(made('a', '', state.data.add.words), { href: state.data.add.href, target: '_blank' })) // what is typed stays here
    find('.hint').textContent = state.data.hint
    showNext()
    const at = kept ? [...chips.querySelectorAll('select, input')].indexOf(focused()) : -1
    chips.replaceChildren()
    if (!state.data.typed.text) return
    if (state.data.on) {
      const day = made('label', 'chip day', 'Le')
      const date = Object.assign(made('input', ''), { type: 'date', value: state.data.on, max: state.data.today })
      date.setAttribute('aria-label', `Le ${state.data.day}`)
      date.onclick = () => date.showPicker?.()
      date.onchange = () => date.value && correct('on', date.value)
      day.append(made('span', 'shown', state.data.day), date) // the browser would write the day its own way
      chips.append(
        day,
        choice('Canal', state.data.channels, state.data.channel, (value) => correct('channel', value)),
        choice('Sens', state.data.directions, state.data.direction, (value) => correct('direction', value), state.data.direction === 'a_preciser'),
      )
    }
    for (const each of [...state.data.who.map((one) => ({ ...one, label: 'Avec' })), ...state.data.topics])
      chips.append(choice(each.label, each.options, each.chosen, (key) => pick(each.words, key), !each.chosen))
    if (at >= 0) chips.querySelectorAll('select, input')[at]?.focus()
  }
  const reset = () => {
    state.typed = { text: '' }
    state.enter = false
    line.value = ''
  }
  const open = () => {
    if (dialog.open) return
    dialog.showModal()
    line.focus()
    state.send('typed', { ...state.typed })
  }

  find('.open').onclick = open
  find('.close').onclick = () => dialog.close()
  dialog.onclose = () => { if (state.data.open && !state.leaving) state.trigger('closed', true) }
  find('.save').onclick = save
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close() } // a false returned would undo the click
  line.placeholder = data.placeholder
  line.oninput = () => { state.enter = false; state.typed = { ...state.typed, text: line.value.trim(), next: null }; ask(150) }
  title.oninput = () => amend(300)
  due.onchange = () => amend(0)
  due.onclick = () => due.showPicker?.()
  find('.decline').onclick = () => correct('declined', !state.typed.declined)
  ahead.onchange = () => correct('on', ahead.checked ? state.data.today : null)
  line.onkeydown = title.onkeydown = due.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    save()
  }
  const key = (event) => {
    const typing = event.composedPath()[0]?.closest?.('input, textarea, select, [contenteditable=true], dialog, [role=dialog]')
    if (event.key !== 'c' || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    open()
  }
  const ready = (is) => {
    const there = new Set((document.documentElement.dataset.ready ?? '').split(' ').filter((each) => each && each !== 'log'))
    if (is) there.add('log')
    document.documentElement.dataset.ready = [...there].join(' ')
  }
  state.stop?.() // this function runs again at each change of the data
  const back = () => { if (dialog.open && state.data.add) ask(0) } // whoever was missing may have been added in another tab
  window.addEventListener('focus', back)
  document.addEventListener('keydown', key)
  document.addEventListener('reseau28:log', open)
  ready(true)
  state.stop = () => {
    window.removeEventListener('focus', back)
    document.removeEventListener('keydown', key)
    document.removeEventListener('reseau28:log', open)
    ready(false)
  }
  if (data.saved !== state.saved) {
    state.saved = data.saved
    reset()
    state.leaving = true
    dialog.close()
  }
  show()
  if (data.open !== state.asked) {
    state.asked = data.open
    state.leaving = false
    if (data.open) open()
  }
  if (state.enter && same()) save()
  return () => state.stop()
}
