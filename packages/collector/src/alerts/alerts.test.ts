import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { evaluateAlerts } from './burn-rules.ts'
import { runCollector } from '../testing/run-collector.ts'
import { requiredShares } from '../sla/judge-limits.ts'
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

  it('knows every objective that the SLA promises, to all pages or to those of a route', () => {
    const promised = { tti: 3000, fcp: 1000, operations: { compliance: 0.99 }, routes: { '/a': { ttfb: 300 } } }
    const required = requiredShares(promised)
    expect(required).toEqual({ lcp: 0.75, inp: 0.75, cls: 0.75, fcp: 0.75, ttfb: 0.75, tti: 0.75, operations: 0.99 })
    expect(Object.keys(requiredShares({}))).toEqual(['lcp', 'inp', 'cls', 'operations'])
    const all = Object.keys(required).map((name) => ({ name, n: 1000, bad: 700 }))
    const found = evaluateAlerts({ '1h': all, '5m': all }, new Set(), required, 50)
    expect([...found.keys()]).toEqual(Object.keys(required).map((name) => `${name} page 1h`))
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

  it('signs nothing without a secret, which anybody could', async () => {
    const { url, received } = await hook([200])
    expect(await sendWebhook({ url }, event, async () => {})).toBe(true)
    expect(received[0]!.headers).toHaveProperty('x-paceline-timestamp')
    expect(received[0]!.headers).not.toHaveProperty('x-paceline-signature')
  })

  it('is told of at the start where it is not signed, and takes no empty secret', async () => {
    const lines: string[] = []
    const log = (line: string): void => void lines.push(line)
    await runCollector({ webhook: { url: 'http://127.0.0.1:9/' }, log })
    expect(lines.filter((line) => line.includes('PACELINE_WEBHOOK_SECRET'))).toHaveLength(1)
    const signed: string[] = []
    await runCollector({ webhook: { url: 'http://127.0.0.1:9/', secret: 'x' }, log: (line) => void signed.push(line) })
    expect(signed.join()).not.toContain('PACELINE_WEBHOOK_SECRET')
    const empty = runCollector({ webhook: { url: 'http://127.0.0.1:9/', secret: '' } })
    await expect(empty).rejects.toMatchObject({ code: 'PACELINE_OPTIONS_INVALID' })
  })

  it('gives up after three times', async () => {
    const { url, received } = await hook([500, 500, 500, 200])
    expect(await sendWebhook({ url, secret: 'shared' }, event, async () => {})).toBe(false)
    expect(received).toHaveLength(3)
  })
})
