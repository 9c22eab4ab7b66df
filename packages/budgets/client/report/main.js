import { drawChanges } from './changes.js'
import { drawContents } from './contents.js'
import { drawDelivery } from './delivery.js'
import { byId, el } from './dom.js'
import { drawn, encoding, formatBytes, switchEncoding } from './figures.js'
import { drawImages } from './images.js'
import { drawPrecache } from './precache.js'
import { drawRoutes } from './routes.js'
import { drawWhy } from './why.js'

/** @type {PageData} */
const data = JSON.parse(byId('data').textContent ?? '{}')

for (const input of document.querySelectorAll('input[name="encoding"]')) {
  input.addEventListener('change', () => {
    if (input instanceof HTMLInputElement) switchEncoding(/** @type {Encoding} */ (input.value))
  })
}

drawRoutes(data)
drawChanges(data)
drawContents(data)
drawImages(data)
drawDelivery(data)
drawPrecache(data)
drawWhy(data)

drawn(() => {
  for (const figure of document.querySelectorAll('[data-figure]')) {
    const sizes = JSON.parse(figure.getAttribute('data-figure') ?? '{}')
    figure.textContent = `${formatBytes(sizes[encoding] ?? 0)} `
    figure.append(el('small', null, encoding))
  }
})

// Paper cannot be clicked: what is folded in the verdicts is opened for it.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('#verdicts details')) details.setAttribute('open', '')
})
