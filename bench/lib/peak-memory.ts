import { readFileSync } from 'node:fs'

/** Peak resident memory of a process and of all that it has started. */
export interface PeakMemory {
  /** Bytes: the sum of what each of them had at its own peak, with what they share counted in each. So it is never too little. */
  readonly rss: number
  /** Bytes of the process by itself. */
  readonly own: number
}

/** How often a look is taken. The kernel keeps the peaks; what must not be missed are processes. */
const EVERY = 50

/**
 * Follows a process until it is asked. Only Linux tells about the processes of others.
 *
 * @returns what gives the peak so far; nothing elsewhere than on Linux
 */
export function followMemory(pid: number): () => PeakMemory | undefined {
  if (process.platform !== 'linux') return () => undefined
  const peaks = new Map<number, number>()
  const look = (): void => {
    for (const each of familyOf(pid)) {
      const peak = peakOf(each)
      if (peak !== undefined) peaks.set(each, Math.max(peak, peaks.get(each) ?? 0))
    }
  }
  const timer = setInterval(look, EVERY)
  return () => {
    clearInterval(timer)
    return { rss: [...peaks.values()].reduce((sum, peak) => sum + peak, 0), own: peaks.get(pid) ?? 0 }
  }
}

/** A process and its descendants, as long as they are there. Children belong to the thread that started them. */
function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.split(' ').filter(Boolean) ?? []
  return [pid, ...children.flatMap((child) => familyOf(Number(child)))]
}

/** `VmHWM` of proc(5), bytes. */
function peakOf(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

/** Processes end while they are looked at. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
