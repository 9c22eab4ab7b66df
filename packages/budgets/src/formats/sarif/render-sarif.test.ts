import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv-draft-04'
import { describe, expect, it } from 'vitest'
import { diffReports } from '../../diff/diff-reports.ts'
import { empty, healthy, overweight } from '../sample-reports.ts'
import { renderSarif } from './render-sarif.ts'

// The schema as OASIS published it, from Microsoft's matchers for SARIF.
const schemaFile = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
// The schema's own pattern for languages is no valid regular expression in `u` mode.
const validate = new Ajv.default({
  strict: false,
  unicodeRegExp: false,
  formats: { uri: true, 'uri-reference': true, 'date-time': true },
}).compile(JSON.parse(readFileSync(schemaFile, 'utf8')))

interface Log {
  runs: {
    tool: { driver: { rules: { id: string; help: { text: string } }[] } }
    results: {
      ruleId: string
      ruleIndex: number
      level: string
      locations: {
        physicalLocation: { artifactLocation: { uri: string; uriBaseId: string }; region: { startLine: number } }
      }[]
      relatedLocations: object[]
      suppressions?: object[]
      partialFingerprints: Record<string, string>
    }[]
  }[]
}

const parse = (text: string): Log['runs'][0] => (JSON.parse(text) as Log).runs[0]!
const diff = diffReports(healthy, overweight)

describe('renderSarif', () => {
  it('follows the published schema, with findings and without', () => {
    for (const text of [
      renderSarif(overweight, { diff, version: '0.1.0' }),
      renderSarif(overweight),
      renderSarif(empty),
    ]) {
      validate(JSON.parse(text))
      expect(validate.errors).toBeNull()
    }
    expect(validate({ version: '2.1.0' })).toBe(false)
  })

  it('lists what is accepted for a while as suppressed, with the reason and the day', () => {
    const accepted = {
      ...overweight.rules[0]!,
      status: 'pass' as const,
      violations: [],
      suppressed: [{ ...overweight.rules[0]!.violations[0]!, reason: 'goes with the old editor', until: '2027-01-31' }],
    }
    const text = renderSarif({ ...overweight, rules: [accepted] })
    validate(JSON.parse(text))
    expect(validate.errors).toBeNull()
    const of = (log: Log['runs'][0]): Log['runs'][0]['results'] =>
      log.results.filter(({ ruleId }) => ruleId.startsWith('rule/'))
    expect(of(parse(text)).map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: 'external', status: 'accepted', justification: 'goes with the old editor (until 2027-01-31)' }],
    ])
    // The same alert as before it was accepted.
    const before = renderSarif({ ...overweight, rules: [overweight.rules[0]!] })
    expect(of(parse(text))[0]?.partialFingerprints).toEqual(of(parse(before))[0]?.partialFingerprints)
    expect(of(parse(before))[0]).not.toHaveProperty('suppressions')
  })

  it('places a result at the importing line, relative to the root of the repository', () => {
    const { results, tool } = parse(renderSarif(overweight, { diff, prefix: 'apps/my shop' }))
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['budget/initial', 'error'],
      ['rule/forbidden', 'error'],
    ])
    const [result] = results
    expect(result!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'apps/my%20shop/src/format.ts', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1 },
        },
      },
    ])
    expect(result!.relatedLocations).toHaveLength(4)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId)
    for (const { help } of tool.driver.rules) expect(help.text.length).toBeGreaterThan(40)
  })

  it('keeps its fingerprints when lines move and bytes change, and tells different imports apart', () => {
    const moved = JSON.parse(
      JSON.stringify(overweight).replaceAll('"line":1', '"line":41').replaceAll('85740', '91000'),
    )
    const prints = (text: string) => parse(text).results.map((result) => result.partialFingerprints['paceline/v1'])
    expect(prints(renderSarif(moved, { diff: diffReports(healthy, moved) }))).toEqual(
      prints(renderSarif(overweight, { diff })),
    )
    expect(new Set(prints(renderSarif(overweight, { diff }))).size).toBe(2)
    expect(parse(renderSarif(moved)).results[0]!.locations[0]!.physicalLocation.region.startLine).toBe(41)
  })

  it('places a result without an import at the file that holds the budgets', () => {
    const [initial] = overweight.budgets
    const { explain: _, ...bare } = initial!
    const { results } = parse(
      renderSarif({ ...overweight, budgets: [bare], rules: [] }, { configFile: 'apps/shop/vite.config.js' }),
    )
    expect(results[0]!.locations[0]!.physicalLocation.artifactLocation.uri).toBe('apps/shop/vite.config.js')
  })

  it('reports a new import that broke nothing as a note', () => {
    const { results } = parse(renderSarif({ ...overweight, budgets: healthy.budgets, rules: [] }, { diff }))
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['import/new', 'note']])
  })
})
