export type Child = Node | string | null | undefined | false

/**
 * Makes an element. Text is only ever set as text: whatever a page sent, nothing of it is read as HTML.
 *
 * @param attributes `on…` are listeners, all else are attributes; `false` and `undefined` leave them out
 */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => void)>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value)
    else if (value !== false && value !== undefined) element.setAttribute(key, value === true ? '' : `${value}`)
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/** A table with a heading of its columns; what is a number is set as one. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const head = h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))
  const body = rows.map((row) =>
    h('tr', {}, ...row.map((cell, index) => (index === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, cell)))),
  )
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', {}, h('caption', { class: 'hidden' }, caption), h('thead', {}, head), h('tbody', {}, ...body)),
  )
}

export function section(title: string, note: string, ...children: readonly Child[]): HTMLElement {
  return h('section', {}, h('h2', {}, title), note === '' ? null : h('p', { class: 'note' }, note), ...children)
}

export function empty(text: string): HTMLElement {
  return h('p', { class: 'empty' }, text)
}
