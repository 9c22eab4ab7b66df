import type MagicString from 'magic-string'
import type { DefaultTreeAdapterMap } from 'parse5'

export type Element = DefaultTreeAdapterMap['element']

/** Sets attributes of an element in the text it was read from; new ones come behind the name of the element. */
export function setAttributes(text: MagicString, element: Element, values: Readonly<Record<string, string>>): void {
  const place = element.sourceCodeLocation
  if (!place) return
  for (const [name, value] of Object.entries(values)) {
    const written = `${name}="${escapeAttribute(value)}"`
    const old = place.attrs?.[name]
    if (old) text.update(old.startOffset, old.endOffset, written)
    else text.appendLeft(place.startOffset + 1 + element.tagName.length, ` ${written}`)
  }
}

/** Within double quotes (HTML, 13.1.2.3). */
export function escapeAttribute(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
