import { stripVTControlCharacters } from 'node:util'

/**
 * Writes items behind a label and breaks the line between items, never inside one.
 *
 * @param indent of further lines
 */
export function fill(
  label: string,
  items: readonly string[],
  columns: number,
  indent: number,
  separator = ', ',
): string {
  const lines: string[] = []
  const joint = separator.trimEnd()
  let line = label
  let width = stripVTControlCharacters(label).length
  items.forEach((item, position) => {
    const text = position === items.length - 1 ? item : item + joint
    const gap = position === 0 ? 0 : separator.length - joint.length
    if (position > 0 && width + gap + stripVTControlCharacters(text).length > columns) {
      lines.push(line)
      line = ' '.repeat(indent) + text
      width = indent + stripVTControlCharacters(text).length
      return
    }
    line += ' '.repeat(gap) + text
    width += gap + stripVTControlCharacters(text).length
  })
  return [...lines, line].join('\n')
}
