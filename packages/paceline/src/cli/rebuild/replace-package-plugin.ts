import { join } from 'node:path'
import { displayId, packageOf } from '@paceline/build-graph'
import type { Plugin } from 'vite'
import { cliError } from '../cli-errors.ts'

/** Takes what is imported from one package from another one, which itself may go on using the first. */
export function replacePackage(from: string, to: string, root: string): Plugin {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to
  return {
    name: 'paceline:replace-package',
    enforce: 'pre',
    resolveId: {
      order: 'pre',
      async handler(source, importer, options) {
        if (source !== from && !source.startsWith(`${from}/`)) return null
        if (importer !== undefined && packageOf(`/${displayId(importer, root)}`)?.name === name) return null
        const wanted = to + source.slice(from.length)
        // A bundler may throw at what a package does not export.
        const resolved = await this.resolve(wanted, join(root, 'index.html'), { ...options, skipSelf: true }).catch(
          () => null,
        )
        if (!resolved) throw cliError('PACELINE_WHAT_IF_UNRESOLVED', [source, wanted])
        return resolved
      },
    },
  }
}
