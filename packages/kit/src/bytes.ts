import { PacelineError } from './errors.ts'

/**
 * The multiples of a byte that budgets are written in. Decimal (`kB` = 1000) like size-limit (which reads them
 * through bytes-iec) and IEC (`KiB` = 1024). `KB`, `kb` and `k` mean `kB`.
 */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
}

/**
 * Reads a size such as `'170 kB'`, `'1.5 MB'`, `'64 KiB'` or a plain number of bytes.
 *
 * @param value what the user wrote
 * @param subject the name of the thing it limits, for the error
 * @returns bytes, a whole number (`'1.5 kB'` is 1500)
 * @throws `PACELINE_SIZE_INVALID` when it is no size
 */
export function parseBytes(value: string | number, subject: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return Math.floor(value)
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(value))
  const unit = UNITS[match?.[2]?.toLowerCase() ?? '?']
  if (typeof value === 'string' && match && unit !== undefined) return Math.floor(Number(match[1]) * unit)
  throw new PacelineError(
    'PACELINE_SIZE_INVALID',
    `\`${subject}\` is not a size; received ${JSON.stringify(value)}. Write a number of bytes or a size such as '170 kB', '1.5 MB' or '64 KiB'.`,
  )
}

/** Bytes for people: decimal units as size-limit and Vite print them, e.g. `'170.25 kB'`, `'842 B'`. */
export function formatBytes(bytes: number): string {
  const size = Math.abs(bytes)
  if (size < 1000) return `${bytes} B`
  if (size < 1e6) return `${trim(bytes / 1e3)} kB`
  return `${trim(bytes / 1e6)} MB`
}

/** A difference in bytes with its sign, e.g. `'+1.2 kB'`, `'−842 B'`, `'±0 B'`. */
export function formatDelta(bytes: number): string {
  const sign = bytes > 0 ? '+' : bytes < 0 ? '−' : '±'
  return sign + formatBytes(Math.abs(bytes))
}

function trim(value: number): string {
  return String(Number(value.toFixed(2)))
}
