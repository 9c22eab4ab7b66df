import { resolve } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import { hashedNames } from './hashed-names.ts'
import type { NameStem } from './release-record.ts'

/** Notes the hashed names of workers: in the build of the app they are assets under a fixed name. */
export function workerNames(stems: Map<string, NameStem>, config: () => ResolvedConfig | undefined): Plugin {
  return {
    name: 'paceline:delivery-worker',
    generateBundle: {
      order: 'post',
      handler(output, bundle) {
        const { root = '', build } = config() ?? {}
        const outDir = resolve(root, build?.outDir ?? 'dist')
        for (const [file, stem] of hashedNames(bundle, {
          dir: outDir,
          outDir,
          assetFileNames: output.assetFileNames,
        })) {
          stems.set(file, stem)
        }
      },
    },
  }
}
