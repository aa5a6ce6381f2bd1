// Mouse, touch and keyboard on the picture.
const NEAR = 14

function listen(canvas) {
  const { network, stage } = canvas
  const settled = () => canvas.remember()
  network.on('resize', () => queueMicrotask(() => canvas.hold()))
  network.on('click', (event) => clicked(canvas, event))
  network.on('doubleClick', ({ nodes }) => { if (nodes.length) canvas.emit('expand', { nodes: [nodes[0]] }) })
  network.on('dragEnd', ({ nodes }) => {
    if (nodes.length) { canvas.emit('move', { positions: canvas.places(nodes) }); canvas.mark([...canvas.chosen ?? []]) }
    settled()
  })
  network.on('dragStart', () => hush(canvas))
  network.on('zoom', () => { hush(canvas); settled() })
  network.on('hoverNode', ({ node, event }) => tell(canvas, aboutNode(canvas.items.get(node)), event, node))
  network.on('blurNode', () => hush(canvas))
  network.on('hoverEdge', ({ edge, event }) => tell(canvas, aboutEdge(canvas, edge), event))
  network.on('blurEdge', () => hush(canvas))
  stage.addEventListener('focus', () => { canvas.focus ??= null })
  stage.addEventListener('blur', () => { canvas.focus = null; network.redraw() })
  for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) stage.addEventListener(kind, (event) => drawn(canvas, event), true)
  canvas.zoom = (factor) => {
    const scale = Math.min(FAR.max, Math.max(FAR.min, network.getScale() * factor))
    network.moveTo({ scale, animation: false })
    settled()
  }
}

function clicked(canvas, { nodes, edges, event, pointer }) {
  const source = event.srcEvent ?? event
  const under = canvas.network.getNodeAt(pointer.DOM)
  const hides = canvas.order.find((item) => inBadge(item, pointer.canvas, canvas.look))
  if (hides) return canvas.emit('expand', { nodes: [hides.id] })
  if (under && (source.shiftKey || source.ctrlKey || source.metaKey)) return chooseToo(canvas, under)
  if (under) return canvas.choose([under])
  const link = edges.length === 1 ? edges[0] : ''
  if (link || canvas.chosen?.size || canvas.data.link) canvas.choose([], link)
}

function chooseToo(canvas, id) {
  const chosen = new Set(canvas.chosen)
  if (!chosen.delete(id)) chosen.add(id)
  canvas.choose([...chosen])
}

// « Relier » draws a line from node to node; Maj + tirer takes all that a rectangle holds. vis sees neither.
function drawn(canvas, event) {
  const { stage, lasso, network } = canvas
  const bounds = stage.getBoundingClientRect()
  const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  if (event.type === 'pointerdown' && event.button === 0) {
    const under = network.getNodeAt(at)
    if (canvas.relate && under) canvas.thread = { source: under, from: network.getPositions([under])[under], to: network.DOMtoCanvas(at) }
    else if (event.shiftKey && !under) canvas.corner = at
    else return
    stage.setPointerCapture(event.pointerId)
    stage.focus({ preventScroll: true })
  } else if (!canvas.thread && !canvas.corner) return
  event.stopPropagation()
  event.preventDefault()
  if (canvas.thread) canvas.thread.to = network.DOMtoCanvas(at)
  if (canvas.corner) box(lasso, canvas.corner, at)
  if (event.type === 'pointerup') finishDrawing(canvas, at)
  if (event.type === 'pointercancel' || event.type === 'pointerup') { canvas.thread = canvas.corner = null; lasso.hidden = true }
  network.redraw()
}

function finishDrawing(canvas, at) {
  const { thread, corner, network } = canvas
  if (thread) {
    const target = network.getNodeAt(at)
    if (target && target !== thread.source) { canvas.tools.relating(false); canvas.emit('link', { source: thread.source, target }) }
    return
  }
  const [one, other] = [network.DOMtoCanvas(corner), network.DOMtoCanvas(at)]
  const inside = canvas.order.filter(({ x, y }) => (x - one.x) * (x - other.x) <= 0 && (y - one.y) * (y - other.y) <= 0)
  if (inside.length) canvas.choose(inside.map((item) => item.id))
}

function box(lasso, from, to) {
  lasso.hidden = false
  lasso.style.left = `${Math.min(from.x, to.x)}px`
  lasso.style.top = `${Math.min(from.y, to.y)}px`
  lasso.style.width = `${Math.abs(from.x - to.x)}px`
  lasso.style.height = `${Math.abs(from.y - to.y)}px`
}

// Arrows go to the neighbour in that direction (or, from nothing, to what matters most); Entrée opens, Maj+Entrée selects too, + and − zoom.
const ARROWS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 }
function pressed(canvas, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (!canvas.network) return void canvas.early.push(event)
  const here = canvas.focus ?? [...(canvas.chosen ?? [])].at(-1) ?? null
  if (event.key in ARROWS) {
    const next = here ? towards(canvas, here, ARROWS[event.key]) : canvas.order[0]?.id
    if (next) { canvas.focus = next; reveal(canvas, next); canvas.announce([next]) }
  } else if (event.key === 'Enter' || event.key === ' ') { if (here) event.shiftKey ? chooseToo(canvas, here) : canvas.choose([here]) }
  else if (event.key === '+' || event.key === '=') canvas.zoom(1.3)
  else if (event.key === '-') canvas.zoom(1 / 1.3)
  else if (event.key === '0') canvas.fit()
  else if (event.key === 'e' && here) canvas.emit('expand', { nodes: [here] })
  else if (event.key === 'Delete' && here) canvas.emit('hide', { nodes: [here] })
  else if (event.key === 'Escape') { canvas.tools.relating(false); canvas.focus = null; if (canvas.chosen?.size) canvas.choose([]) }
  else return
  event.preventDefault()
  event.stopPropagation()
  canvas.network.redraw()
}

function towards(canvas, here, angle) {
  const from = canvas.items.get(here)
  const cost = (item) => {
    const turn = Math.abs(Math.atan2(item.y - from.y, item.x - from.x) - angle)
    const away = Math.min(turn, TURN - turn)
    return away > Math.PI / 2.2 ? Infinity : Math.hypot(item.x - from.x, item.y - from.y) * (1 + 2 * away)
  }
  const near = canvas.network.getConnectedNodes(here).map((id) => canvas.items.get(id)).filter(Boolean)
  const best = (items) => items.filter((item) => item.id !== here && cost(item) < Infinity).sort((a, b) => cost(a) - cost(b))[0]?.id
  return best(near) ?? best(canvas.order)
}

function reveal(canvas, id) {
  const at = canvas.network.canvasToDOM(canvas.items.get(id))
  const { clientWidth: wide, clientHeight: high } = canvas.stage
  if (at.x < 40 || at.y < 40 || at.x > wide - 40 || at.y > high - 40) canvas.network.moveTo({ position: canvas.items.get(id), animation: false })
}

// The card that follows the pointer.
const aboutNode = (item) => item && [item.name, [item.kind, item.detail].filter(Boolean).join(' · '), [item.state, item.why, item.tally].filter(Boolean).join(' · '), item.group]
function aboutEdge(canvas, id) {
  const edge = canvas.scene.edges.find((each) => each.id === id)
  if (!edge) return null
  const [source, target] = [canvas.items.get(edge.from), canvas.items.get(edge.to)]
  return [`${source?.name} ${edge.words} ${target?.name}`, edge.detail, edge.proof]
}
function tell(canvas, lines, event, node = null) {
  canvas.over = node
  if (!lines) return hush(canvas)
  const [title, ...others] = lines
  canvas.hover.replaceChildren(make('b', {}, title), ...others.filter(Boolean).map((line) => make('div', {}, line)))
  canvas.hover.hidden = false
  const bounds = canvas.root.getBoundingClientRect()
  const left = Math.min(event.clientX - bounds.left + NEAR, bounds.width - canvas.hover.offsetWidth - 8)
  const below = event.clientY - bounds.top + NEAR
  const top = below + canvas.hover.offsetHeight > bounds.height - 8 ? below - canvas.hover.offsetHeight - 2 * NEAR : below
  canvas.hover.style.left = `${Math.max(8, left)}px`
  canvas.hover.style.top = `${Math.max(8, top)}px`
}
function hush(canvas) {
  canvas.over = null
  canvas.hover.hidden = true
}
