import type { RuleName } from './rule.ts'

/** Every rule, in the order in which they are documented and reported. */
export const ruleNames: readonly RuleName[] = [
  'lazy',
  'forbidden',
  'layers',
  'redundantDynamicImport',
  'serverCode',
  'devCode',
  'duplicates',
  'execution',
  'circular',
  'depth',
  'requests',
  'tinyChunks',
  'waterfalls',
  'barrels',
  'sideEffects',
  'legacy',
  'inlinedAssets',
  'unused',
]
