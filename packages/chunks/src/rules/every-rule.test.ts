import { join } from 'node:path'
import { readReport, type RuleResult } from '@paceline/build-graph'
import { runBuild, viteVersions, writeFixture, type FixtureFiles } from '@paceline/testkit'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { chunks } from '../plugin.ts'
import { brokenApps } from '../verify/testing/broken-apps.ts'
import { chunkedConfig, type ChunkedApp } from '../verify/testing/chunked-app.ts'
import { soundApps } from '../verify/testing/sound-apps.ts'
import { ruleNames } from './rule-names.ts'
import type { RuleName } from './rule.ts'
import { ruleFixtures, type RuleFixture } from './testing/rule-fixtures.ts'

const page = '<!doctype html><html><head></head><body><script type="module" src="/src/main.js"></script></body></html>'
const named = (apps: readonly ChunkedApp[], name: string): ChunkedApp => apps.find((app) => app.name.includes(name))!
const broken = named(brokenApps, 'chunk per directory')
const harmless = named(soundApps, 'classes are made later')
const oneWay = named(soundApps, 'imports lead one way')

function fixtureOf(name: RuleName, vite: 7 | 8): RuleFixture {
  if (name !== 'execution' && name !== 'circular') return ruleFixtures[name]
  const [breaks, holds] = name === 'execution' ? [broken, harmless] : [harmless, oneWay]
  return {
    options: { execution: 'warn', circular: 'warn' },
    files: {},
    breaks: breaks.files,
    holds: holds.files,
    config: chunkedConfig(breaks, vite),
  }
}

// Vitest says `test`; a build outside of it is one for production.
beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production')
  return () => vi.unstubAllEnvs()
})

describe.each(viteVersions)('on Vite %d', (vite) => {
  async function judged(name: RuleName, { options, files, config = {} }: RuleFixture, more: FixtureFiles) {
    const manifest = '{"name":"app","version":"1.0.0","private":true,"type":"module"}'
    const root = await writeFixture({ 'package.json': manifest, 'index.html': page, ...files, ...more })
    // A broken rule fails the build after the report is written.
    await runBuild({ vite, root, plugins: chunks(options), config }).catch(() => {})
    const { rules } = await readReport(join(root, '.paceline/report.json'))
    return rules.find(({ rule }) => rule === name) as RuleResult
  }

  test.each(ruleNames)('%s is broken by its fixture, with chain and line, bytes and fix', async (name) => {
    const fixture = fixtureOf(name, vite)
    const { violations, status } = await judged(name, fixture, fixture.breaks)
    expect(status).not.toBe('pass')
    expect(violations).toHaveLength(1)
    const [{ message, subject, chain, bytes = 0, fix }] = violations as [RuleResult['violations'][number]]
    expect(message).toMatch(/\.$/)
    expect(subject).not.toBe('')
    expect(fix).toMatch(/\.$/)
    expect(bytes).toBeGreaterThan(0)
    expect(chain.length > 0).toBe(fixture.unimported !== true)
    const own = chain.filter(({ importer }) => importer.startsWith('src/'))
    expect(own.every(({ line }) => line !== undefined)).toBe(true)
  })

  test.each(ruleNames)('%s holds in what is nearly its fixture', async (name) => {
    const fixture = fixtureOf(name, vite)
    expect(await judged(name, fixture, fixture.holds)).toMatchObject({ status: 'pass', violations: [] })
  })
})
