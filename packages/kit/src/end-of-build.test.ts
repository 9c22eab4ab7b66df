import { describe, expect, it } from 'vitest'
import { moveToEnd } from './end-of-build.ts'

describe('moveToEnd', () => {
  it('puts stages behind everything else, in their own order, whoever comes first', () => {
    const [ledger, compress, graph, pwa, react] = ['ledger', 'compress', 'graph', 'pwa', 'react'].map((name) => ({
      name,
    }))
    const plugins = [ledger!, graph!, react!, compress!, pwa!]
    moveToEnd(plugins, ledger!, 'ledger')
    moveToEnd(plugins, compress!, 'compress')
    moveToEnd(plugins, graph!, 'report')
    expect(plugins.map(({ name }) => name)).toEqual(['react', 'pwa', 'compress', 'graph', 'ledger'])
  })

  it('keeps the order of plugins that share a stage', () => {
    const [rules, budgets, other] = ['rules', 'budgets', 'other'].map((name) => ({ name }))
    const plugins = [rules!, budgets!, other!]
    for (const plugin of [budgets!, rules!]) moveToEnd(plugins, plugin, 'verdict')
    expect(plugins.map(({ name }) => name)).toEqual(['other', 'rules', 'budgets'])
  })
})
