// How a node looks: its shape and glyph say what it is, its colour and mark what the legend says, « +14 » what it hides.
const SYMBOLS = '"Material Symbols Rounded"'
const TURN = Math.PI * 2
// OUTLINES and SIGNS come from `ui/shapes.py`, for a half height of 1.
const paths = new Map()
const placed = (path, x, y, r) => {
  if (!paths.has(path)) paths.set(path, new Path2D(path))
  const found = new Path2D()
  found.addPath(paths.get(path), new DOMMatrix([r, 0, 0, r, x, y]))
  return found
}
const outline = (item, r) => placed(OUTLINES[item.form] ?? OUTLINES.round, item.x, item.y, r)
const CHANGED = ['arrived', 'gone', 'cooled', 'warmed']
const LIT = ['path', 'lost', 'start'] // what stays bright when a question is asked
const AWAY = ['lost', 'gone']
const grown = (item, scale) => item.size * Math.min(1.7, Math.max(1, scale ** -0.4)) // small pictures keep nodes that one can tell apart

// How a link looks. Which way it goes is said where one looks: everywhere, arrows would hide what they point at.
function dressed(edge, look, { dim, pointed }) {
  const tone = edge.role === 'path' ? 'chase' : AWAY.includes(edge.role) ? 'muted' : edge.role === 'arrived' ? 'fresh' : 'edge'
  return {
    ...edge,
    title: undefined,
    color: { color: look.colour(tone), highlight: look.colour('accent'), hover: look.colour('accent'), opacity: dim ? 0.25 : 1 },
    dashes: AWAY.includes(edge.role) ? [4, 4] : edge.dashes,
    width: edge.role === 'path' ? 3.5 : edge.width,
    arrows: { to: { enabled: pointed, scaleFactor: 0.5 } },
  }
}

function paintNode(ctx, item, state, look) {
  const { x, y, drawn: r } = item
  const away = AWAY.includes(item.role)
  ctx.save()
  ctx.globalAlpha = look.alpha(item)
  if (state.selected || item.role === 'start' || item.role === 'path' || look.focus === item.id) {
    ctx.lineWidth = state.selected || look.focus === item.id ? 3 : 2
    ctx.strokeStyle = item.role === 'path' && !state.selected ? look.colour('chase') : look.colour('accent')
    ctx.stroke(outline(item, r + 4))
  }
  const shape = outline(item, r)
  ctx.fillStyle = look.colour(away ? 'soft' : item.tone)
  ctx.fill(shape)
  ctx.lineWidth = away ? 1.6 : 1.2
  if (away) ctx.setLineDash([4, 3])
  ctx.strokeStyle = look.colour(away ? 'muted' : state.hover ? 'ink' : 'paper')
  ctx.stroke(shape)
  ctx.setLineDash([])
  ctx.fillStyle = look.colour(away ? 'muted' : 'on')
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.font = `400 ${Math.round(r * 1.15)}px ${SYMBOLS}`
  if (look.symbols && r * look.scale > 5) ctx.fillText(item.glyph, x, y + r * 0.04)
  paintMark(ctx, item, look)
  paintBadge(ctx, item, look)
  ctx.restore()
}

function paintMark(ctx, item, look) {
  if (CHANGED.includes(item.role)) return paintChange(ctx, item, look)
  if (!item.mark || look.scale < 0.35) return
  const larger = item.drawn / item.size
  const [x, y, r] = [item.x + item.drawn * 0.78, item.y + item.drawn * 0.78, 3.6 * larger]
  ctx.beginPath()
  ctx.arc(x, y, r * 1.65, 0, TURN)
  ctx.fillStyle = look.colour('paper')
  ctx.fill()
  ctx.lineWidth = 1.6
  if (item.mark in SIGNS) return paintSign(ctx, SIGNS[item.mark], x, y, r, look.colour(item.tone))
  ctx.fillStyle = look.colour(item.tone)
  ctx.font = `700 ${8.5 * larger}px sans-serif`
  ctx.fillText(item.mark, x, y + 0.5)
}

// What changed between two days is read from afar too: beside the node, never over it.
const signOf = (item, look) => {
  const r = Math.max(5, 4.4 / look.scale)
  return { r, x: item.x + item.drawn + r * 0.6, y: item.y + item.drawn * 0.5 }
}
function paintChange(ctx, item, look) {
  const sign = SIGNS[item.role]
  const { r, x, y } = signOf(item, look)
  ctx.lineJoin = ctx.lineCap = 'round'
  for (const [width, tone] of [[1.5, 'paper'], [0.6, sign.tone]]) {
    ctx.lineWidth = r * width
    paintSign(ctx, sign, x, y, r, look.colour(tone))
  }
}

function paintSign(ctx, sign, x, y, r, colour) {
  ctx.fillStyle = ctx.strokeStyle = colour
  if (sign.dashed) ctx.setLineDash([r * 0.6, r * 0.5])
  if (sign.line) ctx.stroke(placed(sign.line, x, y, r))
  if (sign.fill) ctx.fill(placed(sign.fill, x, y, r))
  ctx.setLineDash([])
}

const shows = (item, look) => Boolean(item.hidden) && (look.scale >= 0.5 || item.size >= 18)
const badgeOf = (item, look) => {
  const letters = Math.max(10, 8 / look.scale) // no smaller on screen than one can read
  return { x: item.x + item.drawn * 0.85, y: item.y - item.drawn * 0.85, letters, high: letters * 1.4, wide: letters * (1 + 0.62 * `+${item.hidden}`.length) }
}

function paintBadge(ctx, item, look) {
  if (!shows(item, look)) return
  const { x, y, wide, high, letters } = badgeOf(item, look)
  ctx.beginPath()
  ctx.roundRect(x - wide / 2, y - high / 2, wide, high, high / 2)
  ctx.fillStyle = look.colour('paper')
  ctx.fill()
  ctx.lineWidth = 1
  ctx.strokeStyle = look.colour('muted')
  ctx.stroke()
  ctx.fillStyle = look.colour('ink')
  ctx.font = `600 ${letters}px sans-serif`
  ctx.fillText(`+${item.hidden}`, x, y + 0.5)
}

const inBadge = (item, point, look) => {
  if (!item || !shows(item, look)) return false
  const { x, y, wide, high } = badgeOf(item, look)
  return Math.abs(point.x - x) <= wide / 2 && Math.abs(point.y - y) <= high / 2
}

// Labels come last: below their nodes, else above, else beside, where they hide neither a node nor another label; where
// there is no room for all, those that matter most stay.
const meets = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top
const FIRST = 12 // so many have their label where there is little room, even over a lesser node
const taking = ({ x, y, drawn: r }) => ({ left: x - r * 0.9, right: x + r * 0.9, top: y - r * 0.9, bottom: y + r * 0.9 })
function spots(item, wide, high, look) {
  const { x, y, drawn: r } = item
  const room = 3 + r
  const sign = CHANGED.includes(item.role) ? signOf(item, look).r * 1.6 : 0
  const at = (middle, top) => ({ middle, left: middle - wide / 2, right: middle + wide / 2, top, bottom: top + high })
  return [at(x, y + room), at(x, y - room - high - (shows(item, look) ? badgeOf(item, look).high / 2 : 0)),
    at(x + room + sign + wide / 2, y - high / 2), at(x - room - wide / 2, y - high / 2)]
}
const widths = new Map()
function paintLabels(ctx, items, look, view) {
  const screen = look.scale >= 1 ? 12 * Math.min(look.scale, 1.7) ** 0.75 : Math.max(10.5, 12 * look.scale ** 0.3)
  const font = screen / look.scale
  const inside = items.filter(({ x, y }) => x >= view.left && x <= view.right && y >= view.top && y <= view.bottom)
  const nodes = inside.map((item) => [item, taking(item)])
  const taken = []
  ctx.save()
  ctx.textAlign = 'center'
  ctx.textBaseline = 'top'
  ctx.lineJoin = 'round'
  for (const [rank, item] of inside.entries()) {
    const alpha = look.alpha(item)
    const lines = item.label.split('\n')
    const wide = Math.max(...lines.map((line) => widthOf(ctx, line, look.font))) * (font / 12) + 4 / look.scale
    const kept = look.always(item)
    if (!kept && alpha < 0.5) continue
    const places = spots(item, wide, lines.length * font * 1.17, look)
    const apart = places.filter((box) => !(box.top < view.clear) && !taken.some((each) => meets(box, each)))
    const free = apart.find((box) => !nodes.some(([other, each]) => other !== item && meets(box, each))) ?? (rank < FIRST ? apart[0] : null)
    if (!kept && !free) continue
    const box = free ?? places[0]
    taken.push(box)
    ctx.globalAlpha = Math.max(alpha, kept ? 1 : 0)
    ctx.font = `${kept ? 650 : 500} ${font}px ${look.font}`
    ctx.lineWidth = 3.2 / look.scale
    ctx.strokeStyle = look.colour('paper')
    ctx.fillStyle = look.colour('ink')
    lines.forEach((line, index) => {
      const top = box.top + index * font * 1.17
      ctx.strokeText(line, box.middle, top)
      ctx.fillText(line, box.middle, top)
    })
  }
  ctx.restore()
}
function widthOf(ctx, line, font) {
  if (!widths.has(line)) { ctx.font = `650 12px ${font}`; widths.set(line, ctx.measureText(line).width) }
  return widths.get(line)
}
