import { readFileSync } from 'node:fs'

/** Peak resident memory of a process and of all that it has started. */
export interface PeakMemory {
  /** Bytes: the sum of what each of them had at its own peak, with what they share counted in each. So it is never too little. */
  readonly rss: number
  /** Bytes of the process by itself. */
  readonly own: number
  /** Bytes that all of them held at the worst moment that was looked at, with each shared page counted once: the sum of `Pss` of proc_pid_smaps(5). */
  readonly held: number
}

/** How often a look is taken. The kernel keeps the peaks; what must not be missed are processes. */
const EVERY = 50

/** Adding up pages that are shared takes the kernel a while, so it is asked near the highest sum so far, and not at each look. */
const NEAR = 0.97

/**
 * Follows a process until it is asked. Only Linux tells about the processes of others.
 *
 * @returns what gives the peak so far; nothing elsewhere than on Linux
 */
export function followMemory(pid: number): () => PeakMemory | undefined {
  if (process.platform !== 'linux') return () => undefined
  const peaks = new Map<number, number>()
  let highest = 0
  let held = 0
  const look = (): void => {
    let now = 0
    const family = familyOf(pid)
    for (const each of family) {
      const { peak = 0, resident = 0 } = memoryOf(each)
      if (peak > 0) peaks.set(each, Math.max(peak, peaks.get(each) ?? 0))
      now += resident
    }
    if (now < highest * NEAR) return
    highest = Math.max(highest, now)
    held = Math.max(held, sum(family.map(shareOf)))
  }
  const timer = setInterval(look, EVERY)
  return () => {
    clearInterval(timer)
    return { rss: sum([...peaks.values()]), own: peaks.get(pid) ?? 0, held }
  }
}

/** A process and its descendants, as long as they are there. Children belong to the thread that started them. */
function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.split(' ').filter(Boolean) ?? []
  return [pid, ...children.flatMap((child) => familyOf(Number(child)))]
}

/** `VmHWM` and `VmRSS` of proc_pid_status(5), bytes. */
function memoryOf(pid: number): { readonly peak?: number | undefined; readonly resident?: number | undefined } {
  const text = read(`/proc/${pid}/status`) ?? ''
  return { peak: bytesIn(text, 'VmHWM'), resident: bytesIn(text, 'VmRSS') }
}

/** `Pss`: its own pages, and its share of those that it has together with others. */
function shareOf(pid: number): number {
  return bytesIn(read(`/proc/${pid}/smaps_rollup`) ?? '', 'Pss') ?? 0
}

function bytesIn(text: string, name: string): number | undefined {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

/** Processes end while they are looked at. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
