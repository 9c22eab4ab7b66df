/**
 * Makes an element; children that are text stay text, so nothing in a report can become markup.
 *
 * @param {string} tag name, with classes after dots: `'p.soft'`
 * @param {Record<string, string | (() => void)> | null} attributes a function listens to the event of that name
 * @param {...Child} children
 */
export function el(tag, attributes, ...children) {
  const [name = 'div', ...classes] = tag.split('.')
  const element = document.createElement(name)
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(key, value)
    else element.setAttribute(key, value)
  }
  element.append(...shown(children))
  return element
}

/** @param {readonly Child[]} children */
function shown(children) {
  return children.flatMap((child) => {
    if (child === undefined || child === null || child === false) return []
    return [typeof child === 'number' ? String(child) : child]
  })
}

/** @param {string} id */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no #${id}`)
  return element
}

/** Ids of modules without what no reader needs, as `plainId` of the other formats. @param {string} id */
export function plainId(id) {
  return id.replace(/^\0/, '').replace(/^(?:\.\.\/)+(?=node_modules\/)/, '')
}

/** @param {Step} step */
export function place(step) {
  return plainId(step.importer) + (step.line === undefined ? '' : `:${step.line}`)
}

/**
 * A chain of imports, the one to cut marked.
 *
 * @param {readonly Step[]} steps
 * @param {number} cut index of the step to mark, −1 for none
 */
export function chainList(steps, cut) {
  const last = steps.at(-1)
  return el(
    'ol.chain',
    null,
    ...steps.map((step, at) => el(at === cut ? 'li.cut' : 'li', null, el('code', null, place(step)))),
    last && el('li.end', null, el('code', null, plainId(last.importee))),
  )
}

/**
 * Details whose content is made when they are opened first: a build may have thousands of modules.
 *
 * @param {string} tag
 * @param {Child[]} summary
 * @param {() => Node[]} content
 */
export function lazyDetails(tag, summary, content) {
  const details = /** @type {HTMLDetailsElement} */ (el(tag, null, el('summary', null, ...summary)))
  let made = false
  details.addEventListener('toggle', () => {
    if (made || !details.open) return
    made = true
    details.append(...content())
  })
  return details
}
