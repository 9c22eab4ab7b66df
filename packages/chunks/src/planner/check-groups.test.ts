import { errorCodes } from '@paceline/kit'
import { describe, expect, it } from 'vitest'
import { planSettings, resolveChunksOptions } from '../resolve-options.ts'
import { checkGroups } from './check-groups.ts'
import { planChunks } from './plan-chunks.ts'
import { graphFrom } from './testing-graph.ts'

const graph = graphFrom({
  'src/main.ts': ['react/lib.js', 'zod/lib.js', 'src/util.ts'],
  'src/util.ts': [],
  'react/lib.js': [],
  'zod/lib.js': [],
})

function refused(groups: Readonly<Record<string, string | readonly string[]>>): string {
  const settings = planSettings(resolveChunksOptions({ strategy: 'planned', groups }))
  try {
    checkGroups(graph, settings.groups)
    return ''
  } catch (error) {
    return `${errorCodes(error).join()}: ${(error as Error).message}`
  }
}

describe('checkGroups', () => {
  it('passes groups of which every pattern matches something', () => {
    expect(refused({ react: ['react'], rest: ['node_modules', 'src/*.ts'] })).toBe('')
    expect(refused({ react: ['react'], vendor: 'node_modules' })).toBe('')
  })

  it('refuses a group that matches nothing', () => {
    expect(refused({ reakt: ['reakt'] })).toMatch(
      /^PACELINE_GROUP_NO_MATCH: `groups\.reakt` matches no module.*`react`/,
    )
  })

  it('refuses one pattern of several that matches nothing, with names like it', () => {
    expect(refused({ vendor: ['react', 'zodd'] })).toMatch(
      /^PACELINE_GROUP_NO_MATCH: `groups\.vendor\['zodd'\]` matches no module of the build; nearest names: `zod`/,
    )
  })

  it('leaves out groups that lost what they name when the app was changed by way of trial', () => {
    const groups = { reakt: 'reakt', vendor: ['react', 'zodd'], react: 'react', app: 'src/main.ts' }
    const options = { ...resolveChunksOptions({ strategy: 'planned', groups }), onTrial: true }
    expect(() => checkGroups(graph, planSettings(options).groups)).not.toThrow()
    expect(planChunks(graph, planSettings(options)).plan.chunks.map(({ name }) => name)).toContain('vendor')
  })

  it('refuses a group to which an earlier one leaves nothing', () => {
    expect(refused({ vendor: 'node_modules', react: 'react' })).toBe(
      'PACELINE_GROUP_SHADOWED: `groups.react` is left with nothing; what it matches belongs to `vendor`, which is written before it. Write `react` first, or remove it.',
    )
  })

  it('refuses a group of nothing but entries, which are chunks already', () => {
    expect(refused({ app: 'src/main.ts' })).toMatch(/^PACELINE_GROUP_OF_ENTRIES: `groups\.app` .*`src\/main\.ts`/)
    expect(refused({ app: ['src/main.ts', 'src/util.ts'] })).toBe('')
  })
})
