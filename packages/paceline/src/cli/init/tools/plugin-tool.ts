import type { AppFacts, Use } from '../app/app-facts.ts'
import type { OptionMove, OptionRules } from '../move.ts'

/** A Vite or Rollup plugin that Paceline stands in for. */
export interface PluginTool {
  readonly package: string
  /** Names of its factories, `default` among them; what else it exports, `tarball` for instance, stays. */
  readonly factories: readonly string[]
  /** The option of `paceline()` that is turned off for as long as the plugin stays, lest both do the same work. */
  readonly turnsOff?: string
  /** In one line, for people: what does its work now. */
  readonly instead: string
  /** Packages that are not needed any more when it goes. */
  readonly besides?: RegExp
  /** By option; `workbox.globPatterns` for what lies inside another one. */
  readonly rules: OptionRules
  /** What is written whatever the options say, before they are read. `call` stands for the whole call. */
  readonly always?: (call: OptionMove) => void
  /** Lines of the app that need the plugin: it stays for them. */
  readonly needed?: (facts: AppFacts) => { readonly uses: readonly Use[]; readonly because: string }
}
