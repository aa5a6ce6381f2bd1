// The network on screen, around vis-network. Python says what to show (`data`); what people do goes back as events with
// growing numbers, kept until Python has said that it handled them. A change of scene is applied as a difference: what
// stays does not move, and the camera is nobody's but the user's. Texts reach the page by textContent or the canvas only.
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(name, value)
  node.append(...children)
  return node
}
const symbol = (name) => make('span', { class: 'icon', 'aria-hidden': 'true', translate: 'no' }, name)

let library = null
const load = (url) => (library ??= new Promise((resolve, reject) => {
  if (window.vis?.Network) return resolve(window.vis)
  const script = make('script', { src: url })
  script.onload = () => resolve(window.vis)
  script.onerror = () => { library = null; reject(new Error(`cannot load ${url}`)) }
  document.head.append(script)
}))

const RESEND = 5000
const FAR = { min: 0.08, max: 4 }

class Canvas {
  constructor(root) {
    this.root = root
    for (const part of ['stage', 'bar', 'legend', 'caption', 'hover', 'lasso', 'said']) this[part] = root.querySelector(`.${part}`)
    this.items = new Map()
    this.order = []
    this.queue = []
    this.early = [] // keys pressed before there was a picture to answer
    this.seq = 0
    this.sent = 0
    this.tools = new Tools(this)
    new ResizeObserver(() => { this.legend.style.setProperty('--top', `${this.bar.offsetTop + this.bar.offsetHeight + 8}px`) }).observe(this.bar)
    this.stage.addEventListener('keydown', (event) => pressed(this, event))
    this.theme()
    addEventListener('pagehide', () => this.store())
    // Outside of the canvas: who names a view is about to keep it with its camera; who asks for the picture gets it.
    const outside = (event) => {
      if (!root.isConnected) return ['focusin', 'click'].forEach((kind) => document.removeEventListener(kind, outside))
      if (event.type === 'focusin' && event.target.closest('.st-key-views-name')) this.tellCamera()
      if (event.type === 'click' && event.target.closest('.st-key-network-png button')) this.tools.picture()
    }
    for (const kind of ['focusin', 'click']) document.addEventListener(kind, outside)
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { this.theme(); this.network?.redraw() })
  }

  // What Python says. It may come before the library is there, and the same scene any number of times.
  async update(data, send) {
    this.data = data
    this.sendState = send
    this.queue = this.queue.filter((event) => event.seq > data.handled)
    this.seq = Math.max(this.seq, data.handled)
    if (this.sent <= data.handled || this.session !== data.session) this.sent = 0
    this.session = data.session
    if (data.scene) this.scene = { ...data.scene, digest: data.digest }
    this.theme()
    const vis = await load(data.library)
    if (this.data !== data) return
    if (this.scene?.digest !== data.digest) return this.emit('hello', {})
    if (!this.network) this.begin(vis)
    this.show()
    this.tools.update(data)
    this.select(data.selected, data.link)
    for (const event of this.early.splice(0)) pressed(this, event)
    this.flush()
  }

  begin(vis) {
    this.nodes = new vis.DataSet()
    this.edges = new vis.DataSet()
    const options = {
      ...this.scene.options,
      nodes: { shape: 'custom', ctxRenderer: (drawn) => this.paint(drawn), chosen: false },
    }
    this.network = new vis.Network(this.stage, { nodes: this.nodes, edges: this.edges }, options)
    this.canvas = this.stage.querySelector('canvas')
    this.canvas.setAttribute('aria-hidden', 'true')
    const fonts = [document.fonts.load('20px "Material Symbols Rounded"', 'person'), document.fonts.load(`650 12px ${this.look.font}`)]
    Promise.all(fonts).then(() => { this.look.symbols = true; widths.clear(); this.network.redraw() })
    this.network.on('beforeDrawing', () => { this.look.scale = this.network.getScale() })
    this.network.on('afterDrawing', (ctx) => this.finish(ctx))
    listen(this)
  }

  // The scene, as what differs from the one on screen.
  show() {
    const { scene, data } = this
    if (this.shown === scene.digest && this.arranged === data.arrangement) return
    const changesView = this.view !== data.view
    const kept = changesView || this.arranged !== data.arrangement ? null : this.network.getPositions()
    const stored = this.arranged === undefined || changesView ? this.recall(data) : null
    const opens = changesView || (this.arranged !== data.arrangement && data.camera)
    this.view = data.view
    this.arranged = data.arrangement
    this.shown = scene.digest
    const at = (node) => kept?.[node.id] ?? stored?.positions?.[node.id] ?? { x: node.x, y: node.y }
    const nodes = scene.nodes.map((node) => ({ ...node, x: at(node).x, y: at(node).y }))
    this.items = new Map(nodes.map((node) => [node.id, node]))
    this.order = [...nodes].sort((a, b) => b.weight - a.weight)
    this.asked = nodes.some((node) => node.role === 'path' || node.role === 'lost')
    // vis draws nothing of a label that it is not given: labels are painted here, over all the rest.
    difference(this.nodes, nodes.map(({ id, x, y, size }) => ({ id, x, y, size, physics: false })), kept)
    difference(this.edges, scene.edges.map((edge) => this.dress(edge)), null)
    if (opens) {
      const [x, y, scale] = data.camera ?? []
      this.camera = stored?.camera ?? (data.camera ? { x, y, scale } : null)
      this.fitted = false
      if (this.camera) this.hold()
      else this.fit()
      if (stored?.positions) this.emit('move', { positions: this.places(nodes.map((node) => node.id)) })
    }
    if (opens) this.network.once('afterDrawing', () => performance.mark('reseau28-canvas')) // for benchmarks
    this.network.redraw()
  }

  dress(edge) {
    return dressed(edge, this.look, { dim: this.asked && edge.role !== 'path' && edge.role !== 'lost', pointed: this.pointed(edge) })
  }

  pointed(edge) {
    return edge.role === 'path' || this.link === edge.id || Boolean(this.chosen?.has(edge.from) || this.chosen?.has(edge.to))
  }

  paint({ ctx, id, x, y, state }) {
    const item = this.items.get(id)
    if (!item) return {}
    item.x = x
    item.y = y
    item.drawn = grown(item, this.look.scale)
    const selected = this.chosen?.has(id)
    return {
      drawNode: () => paintNode(ctx, item, { selected, hover: state.hover }, this.look),
      nodeDimensions: { width: item.drawn * 2, height: item.drawn * 2 },
    }
  }

  finish(ctx) {
    const half = { x: this.stage.clientWidth / 2 / this.look.scale, y: this.stage.clientHeight / 2 / this.look.scale }
    const centre = this.network.getViewPosition()
    const view = { left: centre.x - half.x, right: centre.x + half.x, top: centre.y - half.y, bottom: centre.y + half.y,
      clear: centre.y - half.y + (this.bar.offsetTop + this.bar.offsetHeight) / this.look.scale }
    const first = (item) => (this.look.always(item) ? 0 : 1)
    paintLabels(ctx, this.order.filter((item) => !this.veiled?.has(item.id)).sort((a, b) => first(a) - first(b)), this.look, view)
    if (this.thread) {
      ctx.beginPath()
      ctx.lineWidth = 2 / this.look.scale
      ctx.strokeStyle = this.look.colour('accent')
      ctx.setLineDash([6 / this.look.scale, 4 / this.look.scale])
      ctx.moveTo(this.thread.from.x, this.thread.from.y)
      ctx.lineTo(this.thread.to.x, this.thread.to.y)
      ctx.stroke()
      ctx.setLineDash([])
    }
  }

  // Colours are those of the page's style, read again when the theme may have changed.
  theme() {
    const canvas = this
    const probe = this.root.appendChild(make('i'))
    const read = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color }
    const before = this.look?.paper
    const paper = read('paper')
    if (this.look && before === paper) return void probe.remove()
    const tones = Object.fromEntries(['ink', 'muted', 'line', 'soft', 'paper', 'accent', 'on', 'fresh', 'watch', 'chase', 'never', 'company',
      'branch', 'institution', 'person', 'edge', ...Array.from({ length: 10 }, (_, i) => `c${i}`)].map((name) => [name, read(name)]))
    probe.remove()
    this.look = {
      paper,
      symbols: this.look?.symbols ?? false,
      scale: this.look?.scale ?? 1,
      font: getComputedStyle(this.root).fontFamily,
      colour: (name) => tones[name] ?? tones.muted,
      alpha: (item) => (this.asked && !LIT.includes(item.role) ? 0.22 : this.dimmed?.(item) ? 0.18 : 1),
      always: (item) => this.chosen?.has(item.id) || this.over === item.id || this.focus === item.id || item.role === 'path' || item.role === 'start',
      get focus() { return canvas.focus },
    }
    if (this.network) this.edges.update(this.scene.edges.map((edge) => this.dress(edge)))
  }

  // Selection: shown at once; Python hears of it and answers with the sheet.
  select(ids, link = '') {
    if (this.queue.some((event) => event.kind === 'select')) return
    this.mark(ids, link)
  }

  mark(ids, link = '') {
    const pointed = new Set(this.scene.edges.filter((edge) => this.pointed(edge)).map((edge) => edge.id))
    this.chosen = new Set(ids.filter((id) => this.items.has(id)))
    this.link = link
    const turned = this.scene.edges.filter((edge) => this.pointed(edge) !== pointed.has(edge.id))
    if (turned.length) this.edges.update(turned.map((edge) => this.dress(edge)))
    this.network.setSelection({ nodes: [...this.chosen], edges: link && this.edges.get(link) ? [link] : [] }, { highlightEdges: true })
    this.tools.enable()
    this.network.redraw()
  }

  choose(ids, link = '') {
    this.mark(ids, link)
    this.announce(ids)
    this.emit('select', { nodes: ids, link })
  }

  announce(ids) {
    const item = this.items.get(ids.at(-1))
    this.said.textContent = item ? [item.name, item.kind, item.state, item.why, item.tally].filter(Boolean).join(', ') : ''
  }

  // All of it in the room that tools and legend leave, and no closer than one reads well.
  fit() {
    const items = this.order
    const label = 56
    const free = { left: this.legend.offsetWidth + 16 + label, top: this.bar.offsetHeight + 20, right: 12 + label, bottom: 84 }
    const { clientWidth: wide, clientHeight: high } = this.stage
    const span = (pick, before, after) => [Math.min(...items.map((i) => pick(i) - before(i))), Math.max(...items.map((i) => pick(i) + after(i)))]
    const [left, right] = span((i) => i.x, (i) => i.size, (i) => i.size)
    const [top, bottom] = span((i) => i.y, (i) => i.size + 6, (i) => i.size + 6)
    const room = { wide: wide - free.left - free.right, high: high - free.top - free.bottom }
    const scale = items.length ? Math.min(room.wide / (right - left), room.high / (bottom - top), 1.25) : 1
    const middle = items.length ? { x: (left + right) / 2, y: (top + bottom) / 2 } : { x: 0, y: 0 }
    const shift = { x: (free.left - free.right) / 2 / scale, y: (free.top - free.bottom) / 2 / scale }
    this.network.moveTo({ position: { x: middle.x - shift.x, y: middle.y - shift.y }, scale: Math.max(FAR.min, scale), animation: false })
    this.remember()
    this.fitted = true
  }

  // A canvas of another size shows the same at the same scale: vis would zoom. What was only fitted is fitted again.
  hold() {
    if (this.fitted) this.fit()
    else if (this.camera) this.network.moveTo({ position: { x: this.camera.x, y: this.camera.y }, scale: this.camera.scale, animation: false })
  }

  places(ids) {
    const found = this.network.getPositions(ids)
    return Object.fromEntries(Object.entries(found).map(([id, { x, y }]) => [id, [x, y]]))
  }

  // The camera and what was moved by hand outlive a reload, in this tab.
  remember() {
    this.camera = { ...this.network.getViewPosition(), scale: this.network.getScale() }
    this.fitted = false
    clearTimeout(this.storing)
    this.storing = setTimeout(() => this.store(), 150)
  }

  tellCamera() {
    if (!this.network) return
    const { x, y } = this.network.getViewPosition()
    const camera = [x, y, this.network.getScale()]
    if (String(camera) === this.told) return
    this.told = String(camera)
    this.emit('look', { camera })
  }

  store() {
    clearTimeout(this.storing)
    if (!this.network || this.view === undefined) return
    try { sessionStorage.setItem(`canvas:${this.view}`, JSON.stringify({ camera: this.camera, positions: this.network.getPositions(), arrangement: this.arranged })) } catch { /* no room: the view then opens fitted */ }
  }

  recall(data) {
    try {
      const stored = JSON.parse(sessionStorage.getItem(`canvas:${data.view}`))
      return !data.arrangement || stored?.arrangement === data.arrangement ? stored : null
    } catch { return null }
  }

  // Events: numbered, sent again until handled, one batch on the way at a time so that each starts from the last's answer.
  emit(kind, content) {
    const last = this.queue.at(-1)
    if (kind === 'move' && last?.kind === 'move' && last.seq > this.sent) Object.assign(last.positions, content.positions)
    else this.queue.push({ ...content, kind, seq: ++this.seq })
    this.flush()
  }

  flush() {
    clearTimeout(this.timer)
    if (!this.queue.length) return
    if (!this.sent || Date.now() - this.since >= RESEND) {
      this.sent = this.seq
      this.since = Date.now()
      this.sendState('said', { queue: this.queue, session: this.session, digest: this.shown ?? '', at: this.since })
    }
    this.timer = setTimeout(() => this.flush(), RESEND)
  }

  leave() {
    clearTimeout(this.timer)
    this.store()
    setTimeout(() => { if (!this.root.isConnected) this.network?.destroy() }, 1000)
  }
}

// Make a DataSet hold exactly these items; positions of those kept are not touched.
function difference(set, items, kept) {
  const wanted = new Set(items.map((item) => item.id))
  const gone = set.getIds().filter((id) => !wanted.has(id))
  if (gone.length) set.remove(gone)
  set.update(items.map((item) => {
    if (!kept || !kept[item.id]) return item
    const { x, y, ...rest } = item
    return rest
  }))
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('.canvas')
  root.canvas ??= new Canvas(root)
  root.canvas.update(data, setStateValue)
  return () => root.canvas.leave()
}
