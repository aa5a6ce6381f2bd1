// The slider of time. It says a day when someone lets go of it, or, while it plays, one month after another, each once the
// page has shown the one before. Texts reach the page by textContent only.
const STEP = 700
const PATIENCE = 20000 // a step that was lost on the way is asked for again

export default function ({ data, parentElement, setTriggerValue }) {
  const range = parentElement.querySelector('input')
  const play = parentElement.querySelector('button')
  const output = parentElement.querySelector('output')
  const state = (range.state ??= { playing: false, asked: null, timer: 0 })
  const last = data.days.length - 1

  const say = (at) => {
    const words = at === data.at ? data.current : data.words[at]
    output.textContent = words
    range.setAttribute('aria-valuetext', words)
  }
  const ask = (at) => {
    state.asked = at
    say(at)
    setTriggerValue('day', data.days[at])
  }
  const drawButton = () => {
    play.textContent = state.playing ? 'Pause' : 'Lecture'
    play.setAttribute('aria-pressed', String(state.playing))
  }
  const stop = () => {
    state.playing = false
    clearTimeout(state.timer)
    drawButton()
  }
  const next = (from, wait) => {
    clearTimeout(state.timer)
    state.timer = setTimeout(() => {
      if (!state.playing) return
      if (from >= last) { stop(); return }
      range.value = String(from + 1)
      ask(from + 1)
      next(from, PATIENCE)
    }, wait)
  }

  range.max = String(last)
  if (state.asked === data.at) state.asked = null
  if (state.asked === null || range.getRootNode().activeElement !== range) {
    range.value = String(data.at)
    say(data.at)
  }
  drawButton()
  if (state.playing) next(state.asked === null ? data.at : state.asked - 1, state.asked === null ? STEP : PATIENCE)

  range.oninput = () => { stop(); say(Number(range.value)) }
  range.onchange = () => { if (Number(range.value) !== (state.asked ?? data.at)) ask(Number(range.value)) }
  play.onclick = () => {
    if (state.playing) { stop(); return }
    state.playing = true
    drawButton()
    if (data.at >= last) { range.value = '0'; ask(0); next(-1, PATIENCE) } else next(data.at, 0)
  }
  return () => clearTimeout(state.timer)
}
