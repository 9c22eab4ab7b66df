/** What one process used. */
export interface Usage {
  /** User and system time of all its threads and of the children it waited for, ms. */
  readonly cpu: number
  /** From start to exit, ms. */
  readonly wall: number
  /** Peak resident memory, bytes; of a build with the processes that it started: the sum of the peaks. */
  readonly rss: number
  /** Bytes that the build and its processes held together at one moment, each shared page counted once; Linux alone tells. */
  readonly held?: number
}

/**
 * CPU time of the children a process has waited for, ms, from the text of Linux's `/proc/self/stat` (proc(5): fields 16
 * and 17, in ticks of 1/100 s). The second field is the program's name in brackets, which may hold spaces and brackets.
 */
export function childCpu(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}
