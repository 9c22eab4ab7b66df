import { formatBytes } from '@paceline/kit'
import { wayTo } from '../loads.ts'
import type { Rule } from '../rule.ts'

/** Packages of ES modules that do not say whether they have side effects, so that unused parts of them have to stay. */
export const sideEffects: Rule<'sideEffects'> = {
  name: 'sideEffects',
  check({ report, manifests }, { above }) {
    const directories = new Map<string, Set<string>>()
    for (const { id, package: owner } of report.modules) {
      const directory = owner === undefined ? undefined : directoryOf(id, owner)
      if (directory !== undefined) directories.set(owner!, (directories.get(owner!) ?? new Set()).add(directory))
    }
    return report.packages.flatMap(({ name, brotli }) => {
      if (brotli < above) return []
      const silent = [...(directories.get(name) ?? [])].some((directory) => {
        const manifest = manifests.get(directory)
        return manifest !== undefined && manifest.esm && !manifest.sideEffects
      })
      if (!silent) return []
      return [
        {
          subject: name,
          message: `\`${name}\` does not say \`sideEffects\` in its package.json: what you do not use of its ${formatBytes(brotli)} may have to stay.`,
          chain: wayTo(report, (module) => module.package === name),
          bytes: brotli,
          fix: `Import only the parts you use by their own paths, or say it yourself: \`build.rollupOptions.treeshake.moduleSideEffects\`; and ask \`${name}\` for the field.`,
        },
      ]
    })
  },
}

/** The package's directory as it stands in an id. */
export function directoryOf(id: string, owner: string): string | undefined {
  const at = id.lastIndexOf(`node_modules/${owner}/`)
  return at === -1 ? undefined : id.slice(0, at + `node_modules/${owner}`.length)
}
