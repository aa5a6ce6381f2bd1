// What is chosen in a list of rows with boxes: it follows the boxes of the page and says what is chosen, which the page
// may draw anew at any time. The server checks every id.
export default function ({ data, parentElement, setStateValue }) {
  const bar = parentElement.querySelector('.selection')
  const state = (bar.state ??= { of: null, ids: new Set(), all: false })
  const boxes = () => [...document.querySelectorAll('.st-key-partners-rows input.pick')]
  const mark = () => {
    const rows = boxes()
    for (const box of rows) if (box.value) box.checked = state.all || state.ids.has(box.value)
    const head = rows.find((box) => !box.value), shown = rows.filter((box) => box.value)
    if (!head) return
    head.checked = shown.length > 0 && shown.every((box) => box.checked)
    head.indeterminate = !head.checked && shown.some((box) => box.checked)
  }
  const say = () => {
    const many = state.all ? data.total : state.ids.size
    bar.hidden = !many
    bar.querySelector('.number').textContent = `${many} choisi${many > 1 ? 's' : ''}`
    const every = bar.querySelector('.every')
    every.hidden = state.all || many >= data.total
    every.textContent = `Choisir les ${data.total} résultats`
    mark()
  }
  const changed = () => {
    say()
    clearTimeout(state.timer)
    state.timer = setTimeout(() => setStateValue('picked', { of: state.of, all: state.all, ids: [...state.ids] }), 120)
  }
  const choose = (box) => {
    if (state.all) { // one taken off « all » leaves those of the page
      state.all = false
      for (const each of boxes()) if (each.value) state.ids.add(each.value)
    }
    for (const each of box.value ? [box] : boxes().filter((one) => one.value)) state.ids[box.checked ? 'add' : 'delete'](each.value)
    changed()
  }
  if (state.of !== data.of) {
    Object.assign(state, { of: data.of, all: data.all, ids: new Set(data.ids) })
  }
  const follow = (event) => {
    const box = event.target.closest?.('.st-key-partners-rows input.pick')
    if (box) choose(box)
  }
  bar.querySelector('.every').onclick = () => { state.all = true; changed() }
  bar.querySelector('.none').onclick = () => { state.all = false; state.ids.clear(); changed() }
  state.stop?.() // this function runs again at each change of the data
  document.addEventListener('change', follow)
  const rows = document.querySelector('.st-key-partners-rows')
  const drawn = new MutationObserver(mark)
  if (rows) drawn.observe(rows, { childList: true, subtree: true })
  state.stop = () => { document.removeEventListener('change', follow); drawn.disconnect() }
  say()
  return () => state.stop()
}
