import { inNestedOutput } from '@paceline/kit'
import type { ResolvedConfig } from 'vite'

/** A plugin that writes files after everything was compressed, and proves them itself. Neither needs to know the other's package. */
interface ProvingApi {
  isProven?(path: string): boolean
}

/**
 * Files below an output that are somebody else's: in the output of another environment inside it, or put there by another plugin of ours
 * when all was compressed.
 *
 * @returns whether an absolute path is one of them
 */
export function foreignFiles(
  config: Pick<ResolvedConfig, 'root' | 'environments' | 'plugins'>,
  environmentName: string,
): (path: string) => boolean {
  const isNested = inNestedOutput(config, environmentName)
  const provers = config.plugins.flatMap(({ name, api }) => {
    const own = api as ProvingApi | undefined
    return name.startsWith('paceline:') && own?.isProven ? [own as Required<ProvingApi>] : []
  })
  return (path) => isNested(path) || provers.some((prover) => prover.isProven(path))
}
