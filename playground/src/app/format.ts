const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']
const whole = new Intl.NumberFormat('en')
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const dateTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const formatNumber = (value: number): string => whole.format(value)
export const formatCompact = (value: number): string => compact.format(value)
/** `20 Nov 2026`, of an ISO date or time. */
export const formatDate = (iso: string): string => date.format(new Date(iso))
/** `20 Nov` */
export const formatDay = (iso: string): string => shortDay.format(new Date(iso))
/** `20 Nov, 14:05` where the reader is. */
export const formatDateTime = (iso: string): string => dateTime.format(new Date(iso))

/** `62.1 MB`: decimal units, at most one decimal. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`
}

/** `yesterday`, `in 4 days`, `12 minutes ago`. */
export function formatRelative(iso: string, now: number = Date.now()): string {
  const minutes = (new Date(iso).getTime() - now) / 60_000
  if (Math.abs(minutes) < 60) return relative.format(Math.round(minutes), 'minute')
  if (Math.abs(minutes) < 36 * 60) return relative.format(Math.round(minutes / 60), 'hour')
  return relative.format(Math.round(minutes / 1_440), 'day')
}

/** `+12.4 %` against `before`, or nothing when there is nothing to compare with. */
export function formatChange(now: number, before: number): string {
  if (before === 0) return ''
  const percent = ((now - before) / before) * 100
  return `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent).toFixed(1)} %`
}

/** `3:05` or `1:02:09`. */
export function formatDuration(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), Math.floor(seconds % 60)]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}
