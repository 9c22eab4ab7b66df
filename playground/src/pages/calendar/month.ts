const DAY = 86_400_000

/** A month as its ISO prefix: `2026-11`. */
export type Month = string

export function monthOf(date: Date): Month {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`
}

/** The month `count` months after. */
export function shiftMonth(month: Month, count: number): Month {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** The days of the weeks that a month touches, from Monday (or Sunday) on, as ISO dates. */
export function weeksOf(month: Month, firstDay: 'monday' | 'sunday' = 'monday'): string[][] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const offset = (first.getUTCDay() - (firstDay === 'monday' ? 1 : 0) + 7) % 7
  const start = first.getTime() - offset * DAY
  const days = new Date(`${shiftMonth(month, 1)}-01T00:00:00Z`).getTime() - start
  const weeks = Math.ceil(days / DAY / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => new Date(start + (week * 7 + day) * DAY).toISOString().slice(0, 10)),
  )
}

export function monthName(month: Month): string {
  return new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  )
}
