/** Of a list longer than this the rest is not read: no client needs so many, and reading costs time. */
const MOST_ITEMS = 64

/** One thing of a list such as `gzip;q=0.5, br`, in lower case. */
export interface Weighted {
  readonly name: string
  /** 0 to 1; 0 means: not acceptable. */
  readonly q: number
}

/** Reads a list with weights (RFC 9110, 12.4.2 and 12.4.3). An item whose weight is none is as good as refused. */
export function parseWeightedList(value: string): Weighted[] {
  const items: Weighted[] = []
  for (const item of value.split(',', MOST_ITEMS)) {
    const [name = '', ...parameters] = item.split(';')
    const trimmed = name.trim().toLowerCase()
    if (trimmed !== '') items.push({ name: trimmed, q: weightOf(parameters) })
  }
  return items
}

function weightOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const text = parameter.trim()
    if (text[1] !== '=' || (text[0] !== 'q' && text[0] !== 'Q')) continue
    return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text.slice(2)) ? Number(text.slice(2)) : 0
  }
  return 1
}
