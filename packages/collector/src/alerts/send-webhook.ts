import { createHmac } from 'node:crypto'
import type { WebhookOptions } from '../options.ts'

/** What a webhook is told. */
export interface WebhookEvent {
  readonly status: 'firing' | 'resolved'
  readonly at: number
  readonly alerts: readonly object[]
}

const TRIES = 3
const TIMEOUT = 5000

/**
 * Tells a webhook, three times at most. The signature, where there is a secret, covers the time, so that an old message cannot be sent again.
 *
 * @returns whether it was taken
 */
export async function sendWebhook(
  { url, secret }: WebhookOptions,
  event: WebhookEvent,
  pause: (tries: number) => Promise<void> = (tries) => new Promise((resolve) => setTimeout(resolve, 1000 * 4 ** tries)),
): Promise<boolean> {
  const body = JSON.stringify(event)
  const timestamp = `${event.at}`
  const headers = {
    'content-type': 'application/json',
    'x-paceline-timestamp': timestamp,
    ...(secret ? { 'x-paceline-signature': signatureOf(secret, timestamp, body) } : {}),
  }
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      // Nobody is followed elsewhere with a signed message.
      const signal = AbortSignal.timeout(TIMEOUT)
      const { ok } = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
      if (ok) return true
    } catch {
      // The next try tells.
    }
    if (tries < TRIES - 1) await pause(tries)
  }
  return false
}

/** `sha256=` and the HMAC of `timestamp.body` in hexadecimal digits. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}
