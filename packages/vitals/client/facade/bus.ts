import type { VitalsEvent } from '../../src/page-api.ts'

/** Messages from the app to the runtime. */
export type Message =
  | readonly ['operation', name: string, ms: number, ok: boolean]
  | readonly ['grant']
  | readonly ['revoke']
  | readonly ['subscribe', listener: (event: VitalsEvent) => void]

/** The runtime replaces `push` when it is there; until then messages wait in the list. */
export interface Bus {
  readonly length: number
  push(message: Message): unknown
}

/** Messages that wait while there is no runtime: it may never come, where it is blocked or nobody consents. */
const WAITING = 500

/** Opens the bus, or gives the one that is there. */
export function openBus(): Bus {
  // Two copies of this module, and the runtime, meet here.
  const holder = globalThis as { paceline$?: Bus }
  return (holder.paceline$ ??= [] as Message[])
}

/** Says something to the runtime, now or when it comes. On a server there is none. */
export function tell(message: Message): void {
  const bus = openBus()
  if (typeof document !== 'undefined' && bus.length < WAITING) bus.push(message)
}
