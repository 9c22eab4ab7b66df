import { openBus, type Bus, type Message } from '../facade/bus.ts'
import { attempt } from './browser.ts'
import { enter, life, mute, unmute } from './delivery.ts'
import { createLife, setRoutes } from './life.ts'
import { subscribe } from './listeners.ts'
import { addOperation } from './operations.ts'
import { forget } from './queue.ts'
import type { Part } from './types.ts'

/**
 * Starts the runtime: at once, or when `grant()` is called. It throws nothing, blocks nothing, and all that it keeps is bounded.
 *
 * @param routes the route table: the place in the list is the number of the route
 */
export function start(routes: readonly RegExp[], parts: readonly Part[]): void {
  setRoutes(routes)
  attempt(() => {
    if (PACELINE_CONSENT) waitForConsent(parts)
    else begin(parts)
  })
}

function begin(parts: readonly Part[]): void {
  const { connection, globalPrivacyControl } = navigator
  const isSampled = PACELINE_SAMPLE_RATE === 1 || Math.random() < PACELINE_SAMPLE_RATE
  const mayLeave = isSampled && !globalPrivacyControl && !connection?.saveData
  // A page that sends nothing is measured only for whoever listens in it.
  if (!mayLeave && !PACELINE_SUBSCRIBE) return
  enter(createLife(location.pathname))
  parts.forEach(attempt)
  if (!PACELINE_SUBSCRIBE || mayLeave) unmute()
  if (!PACELINE_CONSENT && (PACELINE_OPERATIONS || PACELINE_SUBSCRIBE)) receive(hear)
}

/** Before consent nothing is observed, and what the app says waits. */
function waitForConsent(parts: readonly Part[]): void {
  const held: Message[] = []
  let isGranted: boolean | undefined
  receive((message) => {
    const [kind] = message
    if (kind === 'revoke') {
      isGranted = false
      held.length = 0
      mute()
      forget()
    } else if (kind !== 'grant') {
      if (isGranted) hear(message)
      else if (isGranted === undefined && held.length < 100) held.push(message)
    } else if (isGranted === undefined) {
      isGranted = true
      begin(parts)
      held.forEach(hear)
    }
  })
}

function hear([kind, first, ms, ok]: Message): void {
  if (PACELINE_SUBSCRIBE && kind === 'subscribe') subscribe(first, life)
  if (PACELINE_OPERATIONS && kind === 'operation') addOperation(first, kind, ms, ok)
}

/** Takes over the bus, and what waits on it. */
function receive(listener: (message: Message) => void): void {
  const bus = openBus() as Bus & Message[]
  bus.push = (message: Message) => attempt(() => listener(message)) as undefined & number
  bus.splice(0).forEach(bus.push)
}
