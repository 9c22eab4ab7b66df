import { cut } from './fit.ts'

/** The component that the build has written on it or around it; else a selector: id, or tag and classes, with up to two parents. */
export function nameNode(node: Node | null | undefined): string {
  let element = node instanceof Element ? node : node?.parentElement
  const component = element?.closest<HTMLElement>('[data-pc]')?.dataset['pc']
  if (component) return cut(component)
  let name = ''
  for (let depth = 0; element && depth < 3; depth++) {
    const { id, localName, classList } = element
    name = (id ? '#' + id : [localName, ...classList].join('.')) + (name && '>' + name)
    element = id ? null : element.parentElement
  }
  return cut(name)
}
