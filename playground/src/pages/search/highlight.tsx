import { Fragment } from 'react'

/** A text with every place marked where the term stands, in any case. */
export function Highlight({ text, term }: { text: string; term: string }) {
  return splitAround(text, term).map(({ part, start, hit }) => (
    <Fragment key={start}>{hit ? <mark>{part}</mark> : part}</Fragment>
  ))
}

interface Part {
  part: string
  /** Where it begins in the text. */
  start: number
  hit: boolean
}

/** `splitAround('a fog', 'FOG')` → `a ` and `fog`, the latter a hit. */
export function splitAround(text: string, term: string): Part[] {
  const escaped = term.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const pieces = escaped === '' ? [text] : text.split(new RegExp(`(${escaped})`, 'i'))
  let start = 0
  return pieces.flatMap((part, index) => {
    const at = start
    start += part.length
    return part === '' ? [] : [{ part, start: at, hit: index % 2 === 1 }]
  })
}
