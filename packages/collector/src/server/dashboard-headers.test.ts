import { describe, expect, it } from 'vitest'
import { createApp } from './app.ts'
import type { AppOptions } from './app.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const FILES: AppOptions['dashboard'] = new Map([
  ['index.html', { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8', hashed: false }],
  ['assets/index-a1.js', { body: Buffer.from('0'), type: 'text/javascript; charset=utf-8', hashed: true }],
])

const DASHBOARD = '/__paceline/dashboard/'

/** Of the dashboard alone: nothing else is asked here. */
async function app(dashboard = FILES) {
  const metrics = { answered: () => {} }
  return createApp({ dashboard, metrics, service: {}, log: () => {}, now: () => 0 } as unknown as AppOptions)
}

describe('the dashboard', () => {
  const built = app()

  it.each(['', 'index.html', 'assets/index-a1.js'])(
    'comes under a policy that lets nothing foreign in: /%s',
    async (name) => {
      const { statusCode, headers } = await (await built).inject(`${DASHBOARD}${name}`)
      expect(statusCode).toBe(200)
      expect(headers).toMatchObject({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': name.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      })
    },
  )

  it.each([
    '../package.json',
    '..%2f..%2fpackage.json',
    '%2e%2e/package.json',
    '..%5cpackage.json',
    'assets/',
    'constructor',
  ])('has no file but its own: %s', async (name) => {
    const { statusCode, body } = await (await built).inject(`${DASHBOARD}${name}`)
    expect([statusCode, JSON.parse(body)]).toEqual([404, { error: 'There is nothing here.' }])
  })

  it('says what to do when it is not built', async () => {
    const { statusCode, headers, body } = await (await app(new Map())).inject(DASHBOARD)
    expect([statusCode, headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8'])
    expect(body).toContain('`npm run build` builds it')
  })
})
