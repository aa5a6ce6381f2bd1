// A page of a document, in a frame of its own where nothing may run: its policy goes along with it, and the frame allows
// nothing at all. The page shown is that of the address. Texts reach the page by textContent only.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector('.preview')
  const told = root.querySelector('.told')
  const pages = root.querySelector('nav')
  const state = (root.state ??= { shown: '' })
  const wanted = `${data.address}?page=${data.page}`
  if (state.shown === wanted) return undefined
  state.shown = wanted

  const to = (link, page, most) => {
    const address = new URL(location.href)
    address.searchParams.set(data.parameter, page)
    if (page < 1 || page > most) link.removeAttribute('href')
    else link.setAttribute('href', address.pathname + address.search)
  }
  const framed = (words, title) => { // a new one each time: another page in the same one would be a step of the history
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', '')
    frame.referrerPolicy = 'no-referrer'
    frame.title = title
    frame.srcdoc = words
    return frame
  }
  const number = (answer, name) => Number(answer.headers.get(name)) || 1
  const show = async () => {
    told.textContent = data.waiting
    const answer = await fetch(wanted, { credentials: 'same-origin' })
    const words = await answer.text()
    if (state.shown !== wanted) return
    const page = number(answer, 'X-Page')
    const most = number(answer, 'X-Pages')
    told.textContent = answer.ok ? '' : words
    root.querySelector('iframe')?.remove()
    pages.hidden = !answer.ok || most < 2
    if (!answer.ok) return
    root.append(framed(words, `${data.title}, page ${page} sur ${most}`))
    pages.querySelector('.place').textContent = `page ${page} sur ${most}`
    to(pages.querySelector('.before'), page - 1, most)
    to(pages.querySelector('.after'), page + 1, most)
  }
  show().catch(() => {
    if (state.shown !== wanted) return
    state.shown = ''
    told.textContent = data.lost
  })
  return undefined
}
