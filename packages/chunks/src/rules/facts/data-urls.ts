const HEAD = /(\\?["'`])?data:([a-z]+\/[\w.+-]+)?(?:;[\w=-]+)*,/g
/** Without quotes an URL of CSS ends at the parenthesis, and what would end it before is escaped. */
const BARE = /(?:\\.|[^"'`\s)\\])*/y

/** A `data:` URL in emitted code. */
export interface DataUrl {
  readonly type: string
  readonly text: string
}

/** The `data:` URLs of a file. One in quotes ends at the quote it began with: SVGs hold the other kind, and blanks. */
export function findDataUrls(code: string): DataUrl[] {
  return [...code.matchAll(HEAD)].map(({ 0: head, 1: quote, 2: type = 'text/plain', index }) => {
    const start = index + (quote?.length ?? 0)
    const end = quote === undefined ? bareEnd(code, index + head.length) : quotedEnd(code, quote, index + head.length)
    return { type, text: code.slice(start, end) }
  })
}

function bareEnd(code: string, from: number): number {
  BARE.lastIndex = from
  return from + (BARE.exec(code)?.[0].length ?? 0)
}

function quotedEnd(code: string, quote: string, from: number): number {
  let end = code.indexOf(quote, from)
  while (end !== -1 && quote.length === 1 && isEscaped(code, end)) end = code.indexOf(quote, end + 1)
  return end === -1 ? code.length : end
}

function isEscaped(code: string, at: number): boolean {
  let backslashes = 0
  while (code[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}
