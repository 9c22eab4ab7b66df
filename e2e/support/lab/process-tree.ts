import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Whether processes can be looked at: Linux. */
export const canSeeProcesses: boolean = existsSync('/proc/self/stat')

/** One process: a number can be another one's later. */
export interface ProcessId {
  readonly pid: number
  /** Ticks since the machine started. */
  readonly since: string
  readonly name: string
}

interface Entry extends ProcessId {
  readonly parent: number
  readonly isZombie: boolean
}

/** A process and all that it has started, and what they have. */
export function processTree(pid: number): ProcessId[] {
  const all = entries()
  const found = all.filter((one) => one.pid === pid)
  // Parents are not always before their children: numbers start again.
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid))
  return found
}

/** Those of some processes that still run. */
export function stillRunning(some: readonly ProcessId[]): ProcessId[] {
  const now = entries().filter(({ isZombie }) => !isZombie)
  return some.filter((one) => now.some(({ pid, since }) => pid === one.pid && since === one.since))
}

function entries(): Entry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
        // The name is in brackets, and may have brackets and spaces in it: see proc_pid_stat(5).
        const end = stat.lastIndexOf(')')
        const fields = stat.slice(end + 2).split(' ')
        const name = stat.slice(stat.indexOf('(') + 1, end)
        return [{ pid: Number(pid), name, isZombie: fields[0] === 'Z', parent: Number(fields[1]), since: fields[19]! }]
      } catch {
        // It has ended in the meantime.
        return []
      }
    })
}
