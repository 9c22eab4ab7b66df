const DAY = 86_400_000

/** ISO date (`2026-11-20`) that lies `days` after `now`; before it when negative. */
export function dayFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10)
}

/** ISO time at a given hour of the day that lies `days` after `now`, in UTC. */
export function hourFrom(now: Date, days: number, hour: number, minute = 0): string {
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return `${dayFrom(now, days)}T${time}:00.000Z`
}

/** ISO time `days` and a little before `now`, so that what has happened is never in the future. */
export function momentBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * DAY - 40 * 60_000).toISOString()
}
