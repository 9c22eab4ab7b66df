import { describe, expect, it } from 'vitest'
import { diffReports } from '../diff/diff-reports.ts'
import { sketchBudget, sketchReport } from '../diff/report-fixture.ts'
import { renderGithubAnnotations } from './render-github-annotations.ts'
import { empty, healthy, overweight } from './sample-reports.ts'

/** What the runner makes of a command, from actions/runner's `ActionCommand.TryParseV2`. */
function decode(line: string): { command: string; properties: Record<string, string>; data: string } {
  const [, head = '', data = ''] = /^::(.*?)::(.*)$/.exec(line)!
  const space = head.indexOf(' ')
  const unescape = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n')
  const properties = head
    .slice(space + 1)
    .split(',')
    .map((pair) => {
      const [key = '', value = ''] = pair.split('=')
      return [key, unescape(value).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%')]
    })
  return {
    command: head.slice(0, space),
    properties: Object.fromEntries(properties),
    data: unescape(data).replaceAll('%25', '%'),
  }
}

const lines = (text: string) => text.trimEnd().split('\n').map(decode)

describe('renderGithubAnnotations', () => {
  it('points at the line of the new import, once for all that is said of it', () => {
    const diff = diffReports(healthy, overweight)
    const [first, ...rest] = lines(renderGithubAnnotations(overweight, { diff, prefix: 'apps/shop' }))
    expect(rest).toEqual([])
    expect(first).toMatchObject({
      command: 'error',
      properties: { file: 'apps/shop/src/format.ts', line: '1', title: 'initial is over its budget, and 1 more' },
    })
    expect(first!.data).toContain('initial is 85.74 kB brotli, 5.74 kB over its limit of 80 kB.')
    expect(first!.data).toContain(
      'src/format.ts:1 brings moment into every visit: 22.4 kB brotli (64 kB raw). Removing it saves 22.4 kB brotli',
    )
    expect(first!.data).toContain('`moment` is forbidden in the initial load.')
  })

  it('says once what forty budgets have in common, and how many they are', () => {
    const initial = overweight.budgets.find(({ name }) => name === 'initial')!
    const budgets = Array.from({ length: 40 }, (_, n) => ({ ...initial, name: `initial ${n}` }))
    const diff = diffReports(healthy, overweight)
    const [only, ...rest] = lines(renderGithubAnnotations({ ...overweight, budgets, rules: [] }, { diff }))
    expect(rest).toEqual([])
    expect(only!.data.match(/over its limit/g)).toHaveLength(8)
    expect(only!.data).toContain('… and 32 more.')
    expect(only!.data.match(/brings moment into every visit/g)).toHaveLength(1)
  })

  it('falls back to the chain of the explanation when there is no baseline', () => {
    const [first] = lines(renderGithubAnnotations(overweight))
    expect(first!.properties).toMatchObject({ file: 'src/format.ts', line: '1' })
    expect(first!.data).toContain('src/main.tsx:2 → src/app.tsx:3 → src/pages/home.tsx:1 → src/format.ts:1 → moment')
  })

  it('escapes what would end a command, a property or a line', () => {
    const name = '50%, "a": b\r\n::error::x'
    const report = sketchReport({
      modules: {},
      chunks: {},
      budgets: [sketchBudget({ name, status: 'warn', actual: 120 })],
    })
    const text = renderGithubAnnotations(report)
    expect(text.split('\n')).toHaveLength(2)
    const [only] = lines(text)
    expect(only).toMatchObject({ command: 'warning', properties: { title: `${name} is over its budget` } })
    expect(only!.data).toContain(name)
  })

  it('says so when everything holds, and when nothing was checked', () => {
    expect(renderGithubAnnotations(healthy)).toBe('::notice title=Paceline::2 budgets checked, none overrun.\n')
    expect(renderGithubAnnotations(empty)).toBe('::notice title=Paceline::No budget was checked.\n')
  })
})
