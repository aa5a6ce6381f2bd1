// The départements, and dots for what is smaller (by mouse: the table underneath has the same links). Areas are links of class « door » (the frame follows them). Texts by textContent only.
const SVG = 'http://www.w3.org/2000/svg'
const make = (tag, attributes, text) => {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  if (text !== undefined) node.textContent = text
  return node
}

export default function ({ data: { drawing }, parentElement }) {
  const svg = parentElement.querySelector('svg')
  if (svg.drawing === drawing) return // a rerun that changes nothing leaves the focus where it is
  svg.drawing = drawing
  const data = JSON.parse(drawing)
  const { unit } = data
  svg.setAttribute('viewBox', data.viewBox)
  svg.setAttribute('aria-label', data.label)
  svg.setAttribute('class', `${data.close ? 'close' : ''} ${data.dots.length ? 'dotted' : ''}`)
  for (const pattern of svg.querySelectorAll('pattern')) {
    const turn = pattern.id === 'thin' ? 'rotate(45) ' : ''
    pattern.setAttribute('patternTransform', `${turn}scale(${unit * 1.5})`)
  }
  svg.querySelector('.around').replaceChildren(
    ...data.around.map((d) => make('path', { d, 'stroke-width': unit * 0.15 })))
  svg.querySelector('.areas').replaceChildren(...data.areas.map((area) => {
    const link = make('a', { href: area.href, class: `door ${area.tone}`, 'aria-label': area.title })
    if (area.chosen) link.setAttribute('aria-current', 'true')
    link.append(make('title', {}, area.title), make('path', { d: area.d }))
    return link
  }))
  svg.querySelector('.dots').replaceChildren(...data.dots.map((dot) => {
    const link = make('a', { href: dot.href, class: `door ${dot.tone}${dot.chosen ? ' chosen' : ''}`, tabindex: -1 })
    link.append(make('title', {}, dot.title), make('circle', { cx: dot.x, cy: dot.y, r: dot.size * unit }))
    return link
  }))
  const outlines = data.areas.filter((area) => area.chosen).map((area) => make('path', { d: area.d, class: 'chosen' }))
  svg.querySelector('.words').replaceChildren(...outlines, ...data.areas.flatMap((area) => {
    const size = unit * (area.words.length > 1 ? 2.5 : 1.5)
    return area.words.map((word, line) => make('text', {
      x: area.x,
      y: area.y + (line - (area.words.length - 1) / 2) * size * 1.15,
      'font-size': line ? size * 0.85 : size,
      'stroke-width': size * 0.18,
      class: `${area.tone} ${line ? 'code' : 'name'}`,
    }, word))
  }))
}
