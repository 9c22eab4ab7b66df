import type { Progress } from './work-log.ts'

const BAR = 24

/** One line about work that goes on: a bar, how many of how many, the time that remains, what is being made. */
export function progressLine({ done, total, share, left, label }: Progress, columns: number): string {
  const full = Math.min(BAR, Math.floor(share * BAR))
  const parts = [`${'━'.repeat(full)}${'─'.repeat(BAR - full)} ${done}/${total}`, remaining(left), label]
  return cut(`paceline ${parts.filter((part) => part !== undefined).join(' · ')}`, columns)
}

/** The same without a bar, for logs that nobody redraws. */
export function progressNote({ done, total, share, left }: Progress): string {
  const time = remaining(left)
  return `paceline ${done} of ${total} made, ${Math.floor(share * 100)} % of the work${time === undefined ? '' : `, ${time}`}`
}

function remaining(left: number | undefined): string | undefined {
  if (left === undefined) return undefined
  const seconds = Math.max(1, Math.round(left / 1000))
  return seconds < 100 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`
}

/** A line that wraps cannot be redrawn. */
function cut(line: string, columns: number): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`
}
