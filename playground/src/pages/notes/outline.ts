export interface Heading {
  level: number
  text: string
  line: number
}

/** The headings of a Markdown text. A `#` inside a fenced block is code, not a heading. */
export function outline(body: string): Heading[] {
  let fenced = false
  return body.split('\n').flatMap((text, index) => {
    if (/^\s*(```|~~~)/.test(text)) fenced = !fenced
    const match = fenced ? null : /^(#{1,6})\s+(.+?)\s*#*$/.exec(text)
    return match ? [{ level: match[1]!.length, text: match[2]!, line: index + 1 }] : []
  })
}

export const countWords = (body: string): number => body.match(/[\p{Letter}\p{Number}’'-]+/gu)?.length ?? 0
