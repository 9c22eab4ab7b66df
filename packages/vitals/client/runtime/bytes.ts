import { changed, life } from './delivery.ts'

const KINDS = ['js', 'css', 'image'] as const
const KIND = /\.(?:([cm]?js)|(css)|(avif|webp|png|jpe?g|gif|svg|ico))(?=$|[?#])/

/** Adds up the bytes of the page by where they came from, and by kind: of its files, and of the document. */
export function addBytes({
  name,
  transferSize,
  encodedBodySize,
  workerStart,
  contentEncoding,
}: PerformanceResourceTiming): void {
  // Of another origin that does not say it.
  if (!transferSize && !encodedBodySize) return
  const bytes = (life.bytes ??= { network: 0, http: 0, serviceWorker: 0 })
  const isHit = workerStart || !transferSize
  const size = isHit ? encodedBodySize : transferSize
  const sum = (key: keyof typeof bytes, value: number): number => (bytes[key] = (bytes[key] ?? 0) + value)
  sum(workerStart ? 'serviceWorker' : isHit ? 'http' : 'network', size)
  sum('requests', 1)
  if (isHit) sum('hits', 1)
  // A delta out of the cache still says how it came once.
  else if (contentEncoding?.startsWith('dc')) sum('dictionary', size)
  const found = KIND.exec(name)
  if (found) sum(KINDS[found.indexOf(found[0].slice(1), 1) - 1]!, encodedBodySize)
  changed()
}
