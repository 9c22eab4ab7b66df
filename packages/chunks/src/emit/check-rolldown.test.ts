import { runBuild, smallApp, viteVersions, writeFixture } from '@paceline/testkit'
import type { Plugin, Rollup } from 'vite'
import { expect, test } from 'vitest'
import { checkRolldown } from './check-rolldown.ts'
import { codesOf } from '../testing/codes-of.ts'

test.each(['1.2.6', '1.2.19', '1.3.0', '2.0.0', '1.10.0-beta.1', undefined])(
  'a plan can be followed with %s',
  (version) => {
    expect(codesOf(() => checkRolldown(version))).toEqual([])
  },
)

test.each(['1.2.5', '1.1.8', '1.0.0-rc.16', '0.9.9'])('Rolldown %s is refused by name', (version) => {
  const run = (): void => checkRolldown(version)
  expect(codesOf(run)).toEqual(['PACELINE_ROLLDOWN_OUTDATED'])
  expect(run).toThrow(`received ${version}`)
})

test.each(viteVersions)(
  'Vite %d tells hooks which Rolldown it has, and that one says first what is left',
  async (vite) => {
    const root = await writeFixture(smallApp)
    const asked: string[] = []
    let known: unknown
    const group = {
      test: () => asked.push('test') > 0,
      name: () => (asked.push('name'), 'all'),
      includeDependenciesRecursively: false,
    }
    const asking: Plugin = {
      name: 'asking',
      config() {
        known = 'rolldownVersion' in this.meta ? this.meta.rolldownVersion : undefined
      },
      outputOptions: (output) =>
        known === undefined ? null : ({ ...output, codeSplitting: { groups: [group] } } as Rollup.OutputOptions),
    }
    await runBuild({ vite, root, plugins: asking })
    expect(known).toEqual(vite === 8 ? expect.stringMatching(/^\d+\.\d+\.\d+/) : undefined)
    expect(asked.lastIndexOf('test')).toBeLessThan(Math.max(0, asked.indexOf('name')))
  },
)
