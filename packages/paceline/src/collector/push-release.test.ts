import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '@paceline/build-graph'
import { startCollector } from '@paceline/collector'
import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paceline } from '../paceline.ts'
import { pushRelease } from './push-release.ts'

const token = 'a token of some length'

interface TestCollector {
  readonly url: string
  /** Whether it was told what is in a release. */
  knows(release: string): Promise<boolean>
}

async function collector(): Promise<TestCollector> {
  const running = await startCollector(0, { dir: await writeFixture({}), redis: false, clickhouse: false, token })
  onTestFinished(() => running.close())
  return {
    url: running.url,
    async knows(release) {
      const url = `${running.url}/__paceline/api/releases/compare?before=${release}&after=${release}`
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { modules: unknown }).modules !== null
    },
  }
}

const app = { ...smallApp, CODEOWNERS: 'src/greet.js @greeters\n' }
const measured = { budgets: false, vitals: { routes: ['/', '/about'] } } as const

describe.each(viteVersions)('a build that knows a collector, on Vite %d', (vite) => {
  it('tells it of the release, once, after everything else', async () => {
    const { url, knows } = await collector()
    const root = await writeFixture(app)
    await mkdir(join(root, '.git'))
    const plugins = paceline({ ...measured, collector: { url, token, strict: true } })
    const { log } = await runBuild({ vite, root, plugins })
    const told = log.info.filter((line) => line.includes('told'))
    expect(told).toEqual([expect.stringMatching(/^paceline: told 127\.0\.0\.1:\d+ of release [\da-f]{12}$/)])
    expect(log.warn).toEqual([])
    expect(await knows(told[0]!.slice(-12))).toBe(true)
    expect(await knows('0123456789ab')).toBe(false)
  })

  it('does not tell it of a build that overran its budgets', async () => {
    const { url, knows } = await collector()
    const root = await writeFixture(app)
    const plugins = paceline({ ...measured, budgets: { initial: '10 B' }, collector: { url, token } })
    await expect(runBuild({ vite, root, plugins })).rejects.toThrow('10 B')
    const { release, vitals } = await readReport(join(root, '.paceline/report.json'))
    expect([await knows(release), await knows(vitals!.build)]).toEqual([false, false])
  })

  it('warns once when nobody answers, and fails only when that was asked for', async () => {
    const root = await writeFixture(app)
    const options = { url: 'http://127.0.0.1:9', token }
    const { log } = await runBuild({ vite, root, plugins: paceline({ ...measured, collector: options }) })
    expect(log.warn).toEqual([expect.stringContaining('`http://127.0.0.1:9` does not answer')])
    const strict = paceline({ ...measured, collector: { ...options, strict: true } })
    await expect(runBuild({ vite, root, plugins: strict })).rejects.toThrow('The collector was not told')
  })
})

describe('pushRelease', () => {
  it('does nothing without a collector, and takes one from the environment', () => {
    expect(pushRelease(undefined, {})).toEqual([])
    expect(pushRelease({ strict: true }, { PACELINE_COLLECTOR_URL: '' })).toEqual([])
    expect(pushRelease(undefined, { PACELINE_COLLECTOR_URL: 'https://rum.example.com' })).toHaveLength(1)
    expect(() => pushRelease({ url: 'rum' }, {})).toThrow('collector.url')
    expect(() => pushRelease({ address: 'https://rum.example.com' } as object, {})).toThrow('collector.address')
  })
})
