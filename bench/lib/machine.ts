import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** What a figure depends on beside the code. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memory: number
  readonly system: string
  readonly node: string
  /** Runnable processes over the last minute: a figure taken beside other work is worth less. */
  readonly load: number
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    // Without the suffix: it names a vendor's build of the kernel.
    system: `${type()} ${release().split('-')[0]} ${process.arch}`,
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
  }
}
