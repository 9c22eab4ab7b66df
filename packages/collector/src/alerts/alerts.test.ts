import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { evaluateAlerts } from './burn-rules.ts'
import { sendWebhook } from './send-webhook.ts'

const burns = (long: number, short: number, n = 1000) => ({
  '1h': [{ name: 'operations', n, bad: n * long }],
  '5m': [{ name: 'operations', n: n / 12, bad: (n / 12) * short }],
})

const evaluate = (long: number, short: number, active: string[] = [], n = 1000): string[] => [
  ...evaluateAlerts(burns(long, short, n), new Set(active), { operations: 0.95 }, 50).keys(),
]

describe('evaluateAlerts', () => {
  it('pages when both windows burn, and not when it is over already', () => {
    // 0.6 of all is 12 times what 5 % allow; 14.4 times would be 72 %.
    expect(evaluate(0.61, 0.61)).toEqual(['operations page 1h'])
    expect(evaluate(0.61, 0.1)).toEqual([])
    expect(evaluate(0.59, 0.9)).toEqual([])
  })

  it('goes on until the short window is clearly below', () => {
    expect(evaluate(0.61, 0.5, ['operations page 1h'])).toEqual(['operations page 1h'])
    expect(evaluate(0.61, 0.47, ['operations page 1h'])).toEqual([])
  })

  it('says nothing about few', () => {
    expect(evaluate(1, 1, [], 49)).toEqual([])
  })
})

async function hook(statuses: number[]) {
  const received: { headers: Record<string, unknown>; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(statuses.shift() ?? 200).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received }
}

describe('sendWebhook', () => {
  const event = { status: 'firing', at: 1_763_769_600_000, alerts: [{ objective: 'lcp' }] } as const

  it('signs the time and the body, and tries again', async () => {
    const { url, received } = await hook([500, 204])
    expect(await sendWebhook({ url, secret: 'shared' }, event, async () => {})).toBe(true)
    expect(received).toHaveLength(2)
    const { headers, body } = received[1]!
    const signed = createHmac('sha256', 'shared').update(`1763769600000.${body}`).digest('hex')
    expect(headers['x-paceline-signature']).toBe(`sha256=${signed}`)
    expect(JSON.parse(body)).toEqual(event)
  })

  it('gives up after three times', async () => {
    const { url, received } = await hook([500, 500, 500, 200])
    expect(await sendWebhook({ url, secret: 'shared' }, event, async () => {})).toBe(false)
    expect(received).toHaveLength(3)
  })
})
