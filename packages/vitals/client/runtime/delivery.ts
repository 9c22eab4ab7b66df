import { drain, keep, post, request } from './queue.ts'
import type { Life } from './types.ts'

/** Milliseconds between two armings, the dearest thing the page is asked for: one that changes all the time is written out so often. */
const PAUSE = 2000
/** A tab may be open, or hidden, for days: what is known is sent after a minute. */
const ACTIVATE_AFTER = 60_000
/** Whether a page may be measured of which nothing is sent. */
const CAN_BE_MUTE = PACELINE_CONSENT || PACELINE_SUBSCRIBE

// A page has one runtime: state in a closure would cost a hundred bytes in every page.
/** The life that the page is in. */
export let life: Life
let isMute = CAN_BE_MUTE
let isDirty: boolean | undefined
let armed: AbortController | undefined

/** A life begins. What is armed for the one before stays armed. */
export function enter(next: Life): void {
  flush(true)
  armed = undefined
  life = next
}

/** Says how the life stands, and sends what waits: when it begins, so that what is lost later can be counted, and when the network is back. */
export function announce(): void {
  if (CAN_BE_MUTE && isMute) return
  post(write())
  drain()
}

/** The life has something new. */
export function changed(): void {
  // What is prerendered may never be seen.
  if (isDirty || document.prerendering) return
  setTimeout(flush, PAUSE)
  isDirty = true
}

/** From now on the page sends what it measures. To be called after web-vitals, which says its last figures when the page is hidden. */
export function unmute(): void {
  isMute = false
  addEventListener('visibilitychange', () => document.hidden && flush(true))
  // What is armed would fail, and nobody would hear of it.
  addEventListener('offline', () => (CAN_BE_MUTE && isMute) || keep(write()))
  addEventListener('online', announce)
}

/** Nothing leaves the page from now on, and nothing that waits does. */
export function mute(): void {
  isMute = true
  armed?.abort()
}

/**
 * The ladder: fetchLater, which the browser sends even when the page crashes; where there is none, or it refuses, sendBeacon when the page
 * is hidden; where that refuses, a fetch that outlives the page. Without a network the beacon is kept.
 */
function flush(isLast?: boolean): void {
  if (!isDirty || (CAN_BE_MUTE && isMute)) return
  // Asking is not free: now, and not with every file.
  if (PACELINE_BYTES) life.memory = performance.memory?.usedJSHeapSize
  const body = write()
  if (!navigator.onLine) keep(body)
  else if (!arm(body)) {
    if (!isLast) return
    if (!navigator.sendBeacon(PACELINE_ENDPOINT, body)) post(body)
  }
  isDirty = false
}

/** @returns whether the browser has taken it */
function arm(body: string): boolean {
  armed?.abort()
  armed = new AbortController()
  try {
    fetchLater!(PACELINE_ENDPOINT, { ...request(body), signal: armed.signal, activateAfter: ACTIVATE_AFTER })
    return true
  } catch {
    return false
  }
}

/** The next beacon of the life: short, whatever a page calls its elements, since names are cut when they come in. */
function write(): string {
  life.at = Date.now()
  const text = JSON.stringify(life)
  life.seq++
  life.type = 'update'
  return text
}
