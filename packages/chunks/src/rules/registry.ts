import { barrels } from './checks/barrels.ts'
import { circular } from './checks/circular.ts'
import { depth } from './checks/depth.ts'
import { devCode } from './checks/dev-code.ts'
import { duplicates } from './checks/duplicates.ts'
import { execution } from './checks/execution.ts'
import { forbidden } from './checks/forbidden.ts'
import { inlinedAssets } from './checks/inlined-assets.ts'
import { layers } from './checks/layers.ts'
import { lazy } from './checks/lazy.ts'
import { legacy } from './checks/legacy.ts'
import { redundantDynamicImport } from './checks/redundant-dynamic-import.ts'
import { requests } from './checks/requests.ts'
import { serverCode } from './checks/server-code.ts'
import { sideEffects } from './checks/side-effects.ts'
import { tinyChunks } from './checks/tiny-chunks.ts'
import { unused } from './checks/unused.ts'
import { waterfalls } from './checks/waterfalls.ts'
import type { Rule, RuleName } from './rule.ts'

/** Every rule by its name. */
export const rules: { readonly [Name in RuleName]: Rule<Name> } = {
  lazy,
  forbidden,
  layers,
  redundantDynamicImport,
  serverCode,
  devCode,
  duplicates,
  execution,
  circular,
  depth,
  requests,
  tinyChunks,
  waterfalls,
  barrels,
  sideEffects,
  legacy,
  inlinedAssets,
  unused,
}
