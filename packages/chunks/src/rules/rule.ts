import type { ChainStep } from '@paceline/build-graph'
import type { RuleFacts } from './facts/rule-facts.ts'
import type { RuleSeverity } from './options.ts'

/** One thing that breaks a rule, before anybody asks how severe that is. */
export interface Found {
  /** Module, package, chunk or file. */
  readonly subject: string
  /** Further names that `ignore` and `suppress` may call it by. @default none */
  readonly names?: readonly string[]
  readonly message: string
  readonly chain: readonly ChainStep[]
  readonly bytes?: number
  readonly fix?: string
  /** A warning, even where the rule is an error. */
  readonly severity?: 'warn'
}

/** A pattern or name of the options that matches nothing, where nothing cannot be what was meant. */
export interface Unmatched {
  /** Where it is written: `chunks.lazy['src/pages/**']`. */
  readonly option: string
  /** What it was looked up in. */
  readonly among: readonly string[]
}

/** A rule: facts and parameters in, violations out. Pure. */
export interface Rule<Name extends RuleName = RuleName> {
  readonly name: Name
  check(facts: RuleFacts, parameters: RuleParameters[Name]): Found[]
  /** A check that matched nothing is an error. */
  unmatched?(facts: RuleFacts, parameters: RuleParameters[Name]): Unmatched[]
}

export interface ResolvedForbidden {
  readonly name: string
  readonly use?: string
}

/** A layer rule, read. */
export interface ResolvedLayer {
  readonly from: readonly string[]
  /** Nothing when the matches of `from` must not import each other. */
  readonly to: readonly string[] | undefined
  readonly except: readonly string[]
  readonly reason?: string
  /** As it was written, for messages. */
  readonly text: string
}

/** The parameters of every rule, by its name. */
export interface RuleParameters {
  readonly lazy: { readonly modules: readonly string[] }
  readonly forbidden: {
    readonly initial: readonly ResolvedForbidden[]
    readonly routes: Readonly<Record<string, readonly ResolvedForbidden[]>>
    readonly all: readonly ResolvedForbidden[]
  }
  readonly duplicates: { readonly only: readonly string[] | undefined; readonly above: number }
  /** `circles`: whether it tells of circles that break the page; else `circular` does, which is more severe. */
  readonly execution: { readonly circles: boolean }
  readonly circular: { readonly modules: boolean; readonly harmful: boolean }
  readonly depth: { readonly max: number }
  readonly requests: { readonly initial: number; readonly route: number }
  readonly tinyChunks: { readonly below: number }
  readonly redundantDynamicImport: object
  readonly waterfalls: { readonly max: number }
  readonly sideEffects: { readonly above: number }
  readonly unused: object
  readonly legacy: { readonly above: number }
  readonly barrels: { readonly above: number }
  readonly devCode: { readonly above: number }
  readonly inlinedAssets: { readonly above: number }
  readonly serverCode: { readonly builtins: 'app' | 'all' }
  readonly layers: { readonly layers: readonly ResolvedLayer[] }
}

export type RuleName = keyof RuleParameters

/** A rule with everything decided. */
export type ResolvedRule<Name extends RuleName> = {
  readonly severity: RuleSeverity
  readonly ignore: readonly string[]
} & RuleParameters[Name]
