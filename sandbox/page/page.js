// Renews the parts of a page that change, once a second, and sends forms without leaving the page. Without it everything
// still works: forms are posted and the page comes back.

const shown = new Map()
const said = document.getElementById('said')
const source = document.body.dataset.live

function renew(name, markup) {
  const place = document.getElementById(`live-${name}`)
  if (place === null || shown.get(name) === markup) return
  const focus = document.activeElement
  // A field somebody is in is left alone; it is renewed when they have gone on.
  if (place.contains(focus) && focus.matches('select, input')) return
  const id = place.contains(focus) ? focus.id : ''
  place.innerHTML = markup
  shown.set(name, markup)
  if (id !== '') document.getElementById(id)?.focus({ preventScroll: true })
}

async function look() {
  if (document.hidden) return
  const response = await fetch(source + location.search)
  if (!response.ok) return
  const { sections } = await response.json()
  for (const [name, markup] of Object.entries(sections)) renew(name, markup)
}

async function send(form, submitter) {
  const fields = new URLSearchParams(new FormData(form, submitter))
  const response = await fetch(form.action, { method: 'POST', body: fields, headers: { accept: 'application/json' } })
  const answer = await response.json()
  say(answer.said ?? '', !response.ok)
  await look()
}

function say(words, isBad) {
  if (said === null) return
  said.textContent = words
  said.classList.toggle('is-bad', isBad)
}

function hasFailed() {
  say('The sandbox does not answer. It may have been stopped.', true)
}

document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return
  event.preventDefault()
  send(event.target, event.submitter).catch(hasFailed)
})

document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-at-once]')
  form?.requestSubmit()
})

if (source !== undefined) {
  setInterval(() => look().catch(hasFailed), 1000)
}
