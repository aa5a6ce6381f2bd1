// Files dropped anywhere on a sheet go to its deposit, which opens if need be: they are proposed there, nothing is kept
// before people say so. Where nothing may be deposited, the browser does what it always does.
(() => {
  const PATIENCE = 15000
  const field = () => document.querySelector('.st-key-partners-act [data-testid="stFileUploader"] input[type=file]')
  const door = () => document.querySelector('.st-key-partners-panel .actions a[href*="faire=deposer"]')
  const concerns = (event) =>
    event.dataTransfer?.types.includes('Files') && !event.target.closest?.('[data-testid="stFileUploader"]') && (field() || door())

  const give = (input, files) => {
    const carried = new DataTransfer()
    for (const file of files) carried.items.add(file)
    input.files = carried.files
    input.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const open = (files) => {
    const found = new MutationObserver(() => {
      const input = field()
      if (!input) return
      stop()
      give(input, files)
    })
    const late = setTimeout(() => stop(), PATIENCE)
    const stop = () => { found.disconnect(); clearTimeout(late) }
    found.observe(document.body, { childList: true, subtree: true })
    door().click()
  }
  let timer = 0
  const mark = (over) => document.documentElement.classList.toggle('dropping', over)

  document.addEventListener('dragover', (event) => {
    if (!concerns(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    mark(true)
    clearTimeout(timer)
    timer = setTimeout(mark, 250, false) // it comes again and again as long as one hovers
  })
  document.addEventListener('drop', (event) => {
    mark(false)
    if (!concerns(event)) return
    event.preventDefault()
    const files = [...event.dataTransfer.files]
    const input = field()
    if (!files.length) return
    if (input) give(input, files)
    else open(files)
  })
})()
