// Around the picture: tools, legend, caption. Buttons and lists are real ones, so they work by keyboard and are read aloud.
const TOOLS = [
  [['fit', 'fit_screen', 'Ajuster'], ['closer', 'add', 'Zoomer'], ['further', 'remove', 'Dézoomer']],
  [['relate', 'add_link', 'Relier'], ['expand', 'open_in_full', 'Étendre'], ['collapse', 'close_fullscreen', 'Réduire'],
    ['hide', 'visibility_off', 'Masquer'], ['pin', 'keep', 'Épingler']],
  [['arrange', 'hub', 'Réorganiser'], ['table', 'table_rows', 'Tableau']],
]
const ON_NODES = new Set(['expand', 'collapse', 'hide', 'pin'])
const WORDED = new Set(['relate', 'table'])

class Tools {
  constructor(canvas) {
    this.canvas = canvas
    this.buttons = {}
    for (const group of TOOLS) {
      const box = make('div', { class: 'group' })
      for (const [name, glyph, words] of group) {
        const button = make('button', { type: 'button', title: words, 'aria-label': words }, symbol(glyph), ...(WORDED.has(name) ? [words] : []))
        button.onclick = () => this.use(name)
        this.buttons[name] = button
        box.append(button)
      }
      canvas.bar.append(box)
    }
    this.buttons.relate.setAttribute('aria-pressed', 'false')
    this.buttons.table.setAttribute('aria-pressed', 'false')
    this.settings = make('div', { class: 'group' })
    canvas.bar.append(this.settings)
  }

  update(data) {
    const { canvas } = this
    canvas.stage.setAttribute('aria-label', data.label)
    canvas.caption.textContent = data.words
    canvas.caption.hidden = !data.words
    this.buttons.relate.hidden = !data.editable
    this.buttons.table.setAttribute('aria-pressed', String(data.table))
    if (!data.editable) this.relating(false)
    const drawn = JSON.stringify([data.legend, data.settings])
    if (this.drawn !== drawn) {
      this.drawn = drawn
      this.draw(data)
    }
    this.enable()
  }

  draw(data) {
    this.settings.replaceChildren(...data.settings.map((setting) => {
      const list = make('select', { name: setting.name }, ...setting.options.map(([value, words]) => make('option', { value }, words)))
      list.value = setting.value
      list.onchange = () => this.canvas.emit('set', { name: setting.name, value: list.value })
      return make('label', {}, setting.label, list)
    }))
    const focused = this.canvas.root.getRootNode().activeElement?.dataset?.entry
    this.canvas.legend.replaceChildren(...data.legend.flatMap((part) => [
      make('div', { class: 'name' }, part.title), ...part.entries.map((entry) => this.entry(part, entry))]))
    if (focused) this.canvas.legend.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus()
  }

  entry(part, entry) {
    const button = make('button', {
      type: 'button', 'aria-pressed': part.filter ? String(entry.on) : null, 'data-entry': `${part.filter}:${entry.value}`,
      title: part.filter ? (entry.on ? 'Cacher' : 'Montrer') : null,
    }, swatch(entry), make('span', {}, entry.label), make('span', { class: 'tally' }, String(entry.count || '')))
    if (part.filter) button.onclick = () => this.canvas.emit('toggle', { filter: part.filter, value: entry.value })
    button.onmouseenter = button.onfocus = () => this.dim((item) => item[part.key] !== entry.value)
    button.onmouseleave = button.onblur = () => this.dim(null)
    return button
  }

  dim(test) {
    this.canvas.dimmed = test
    this.canvas.network?.redraw()
  }

  enable() {
    const chosen = [...(this.canvas.chosen ?? [])]
    for (const name of ON_NODES) this.buttons[name].disabled = !chosen.length
    const pinned = chosen.length > 0 && chosen.every((id) => this.canvas.data.pinned.includes(id))
    this.buttons.pin.setAttribute('aria-pressed', String(pinned))
  }

  use(name) {
    const { canvas } = this
    if (!canvas.network) return
    const nodes = [...(canvas.chosen ?? [])]
    if (name === 'fit') canvas.fit()
    else if (name === 'closer' || name === 'further') canvas.zoom(name === 'closer' ? 1.3 : 1 / 1.3)
    else if (name === 'relate') this.relating(!canvas.relate)
    else if (ON_NODES.has(name)) { if (nodes.length) canvas.emit(name, { nodes }) } else canvas.emit(name, {})
  }

  relating(on) {
    this.canvas.relate = on
    this.buttons.relate.setAttribute('aria-pressed', String(on))
    this.canvas.stage.classList.toggle('relate', on)
    this.canvas.said.textContent = on ? 'Tirez un trait d’une fiche à une autre pour les relier.' : ''
  }

  // What is on screen, without those who opposed leaving it.
  picture() {
    const { canvas } = this
    if (!canvas.network) return
    const veil = (hidden) => {
      canvas.veiled = hidden ? new Set(canvas.data.unexported) : null
      canvas.nodes.update(canvas.data.unexported.map((id) => ({ id, hidden })))
      canvas.edges.update(canvas.scene.edges.filter((edge) => canvas.data.unexported.some((id) => id === edge.from || id === edge.to))
        .map(({ id }) => ({ id, hidden })))
    }
    veil(true)
    canvas.network.once('afterDrawing', () => {
      const drawn = canvas.canvas
      const copy = make('canvas', { width: drawn.width, height: drawn.height })
      const ctx = copy.getContext('2d')
      ctx.fillStyle = canvas.look.paper
      ctx.fillRect(0, 0, copy.width, copy.height)
      ctx.drawImage(drawn, 0, 0)
      queueMicrotask(() => veil(false))
      copy.toBlob((blob) => {
        const link = make('a', { href: URL.createObjectURL(blob), download: 'reseau.png' })
        link.click()
        setTimeout(() => URL.revokeObjectURL(link.href), 10000)
      })
    })
    canvas.network.redraw()
  }
}

// A legend's sample: the very shape or sign that the canvas paints.
const SVG = 'http://www.w3.org/2000/svg'
function swatch(entry) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '-1.3 -1.3 2.6 2.6')
  svg.setAttribute('aria-hidden', 'true')
  const sign = SIGNS[entry.form] ?? { fill: OUTLINES[entry.form] ?? OUTLINES.round }
  const colour = `var(--${sign.tone || entry.tone})`
  for (const [path, line] of [[sign.line, true], [sign.fill, false]]) {
    if (!path) continue
    const drawn = svg.appendChild(document.createElementNS(SVG, 'path'))
    drawn.setAttribute('d', path)
    drawn.style.fill = line ? 'none' : colour
    if (line) drawn.style.stroke = colour
    if (line) drawn.style.strokeWidth = '0.3'
    if (sign.dashed) drawn.style.strokeDasharray = '0.5 0.4'
  }
  return svg
}
