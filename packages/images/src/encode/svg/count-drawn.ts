import type { XastElement, XastParent } from 'svgo'

/**
 * How many elements a browser draws for an SVG, with every `<use>` for what it stands for: ten uses of ten uses of ten are a thousand. Twenty
 * lines can ask for billions, which is why renderers give up somewhere and browsers do not answer.
 */
export function countDrawn(root: XastParent): number {
  const byId = new Map<string, XastElement>()
  const collect = (parent: XastParent): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue
      if (child.attributes['id'] !== undefined) byId.set(child.attributes['id'], child)
      collect(child)
    }
  }
  collect(root)
  const known = new Map<XastParent, number>()
  const count = (parent: XastParent): number => {
    const before = known.get(parent)
    if (before !== undefined) return before
    // What refers to itself is drawn by nobody.
    known.set(parent, 0)
    let sum = 1
    for (const child of parent.children) {
      if (child.type !== 'element') continue
      const target = byId.get((child.attributes['href'] ?? child.attributes['xlink:href'] ?? '').replace(/^#/, ''))
      sum += count(child) + (child.name.replace(/^.*:/, '') === 'use' && target ? count(target) : 0)
    }
    known.set(parent, sum)
    return sum
  }
  return count(root)
}
