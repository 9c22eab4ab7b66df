import { describePluginContract } from '@paceline/testkit'
import { chunks } from '../plugin.ts'
import type { RuleOptions } from './options.ts'

describePluginContract<RuleOptions>({
  name: 'the rules of chunks()',
  create: chunks,
  options: {
    lazy: ['src/lazy.js'],
    forbidden: { initial: [{ name: 'moment', use: 'date-fns' }], routes: { '*': ['moment'] }, all: ['moment'] },
    layers: ['src/lazy.js may not import src/about.js'],
    redundantDynamicImport: 'error',
    serverCode: { builtins: 'all' },
    devCode: 'error',
    duplicates: 'error',
    execution: 'error',
    circular: { modules: true },
    depth: { max: 9 },
    requests: { initial: 9, route: 9 },
    tinyChunks: { below: 10 },
    waterfalls: 'error',
    barrels: 'error',
    sideEffects: { above: '1 kB' },
    legacy: 'error',
    inlinedAssets: 'error',
    unused: 'error',
  },
  failing: { options: { lazy: ['src/greet.js'] }, code: 'PACELINE_RULES_BROKEN' },
  changesOutput: false,
})
