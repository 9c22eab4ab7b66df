import type { Plugin } from 'vite'
import type { NameStem } from './release-record.ts'

/** A plugin of ours that writes files whose names change with their contents once the bundle is closed; it need not be known by name. */
interface NamesApi {
  hashedNames?(environmentName: string): ReadonlyMap<string, NameStem>
}

/** Hashed names that no bundle has: relative to the output directory → stem. */
export function namesOfPlugins(plugins: readonly Plugin[], environmentName: string): Map<string, NameStem> {
  const ours = plugins.filter(({ name }) => name.startsWith('paceline:'))
  return new Map(ours.flatMap(({ api }) => [...((api as NamesApi | undefined)?.hashedNames?.(environmentName) ?? [])]))
}
