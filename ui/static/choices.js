// The order of what matches what is typed in a choice field: the same signs, the same words (whatever is said after a
// name: « Lens (62) », « Nord, département »), then what begins with them, then where each word begins one, then what
// holds them; accents, case, apostrophes and hyphens aside. Streamlit's fields ask here.
(() => {
  const fold = (words) =>
    words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae')
      .replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  const code = /^(\d{2,3}|2[ab])$/ // a bare one means the département: « Pas-de-Calais (62), département », not « Lens (62) »
  const counted = /\s·\s[\d\s]+ y siège(nt)?$/ // how many sit there is no part of a name
  const rank = (label, typed, wanted) => {
    if (label === typed) return -1
    const own = fold(label.replace(counted, ''))
    if (code.test(wanted) && own.endsWith(` ${wanted} departement`)) return 0
    if (own === wanted || fold(label.split(/\s·\s|,\s|\s\(/)[0]) === wanted) return 0
    if (own.startsWith(wanted)) return 1
    if (` ${own}`.includes(` ${wanted}`)) return 2
    if (wanted.split(' ').every((word) => ` ${own}`.includes(` ${word}`))) return 3
    return own.includes(wanted) ? 4 : 5
  }
  globalThis.reseau28Ranked = (options, typed) => {
    const wanted = fold(typed)
    if (!wanted) return options
    const field = document.activeElement?.closest('[data-testid=stMultiSelect]')
    const taken = [...(field?.querySelectorAll('[data-tag]') ?? [])].map((tag) => tag.innerText.trim())
    if (taken.some((label) => rank(label, typed.trim(), wanted) <= 0)) return [] // chosen already: Enter takes no other
    const ranked = options.map((option) => [rank(option.label, typed.trim(), wanted), option]).filter(([place]) => place < 5)
    return ranked.sort(([one], [other]) => one - other).map(([, option]) => option) // a stable sort
  }
})()
