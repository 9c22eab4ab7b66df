import { relative, resolve } from 'node:path'
import { artifactCache } from '@paceline/artifact-cache'
import { buildGraph, findBuildGraph } from '@paceline/build-graph'
import { isInside } from '@paceline/kit'
import type { InlineConfig, Plugin, ResolvedConfig } from 'vite'
import { loadVite } from '../contract/load-vite.ts'
import { applyStrategy } from './apply-strategy.ts'
import { editImports } from './edit-imports-plugin.ts'
import { loadAppConfig } from './load-app-config.ts'
import { mergeChunks } from './merge-chunks-plugin.ts'
import type { RebuildAnswer, RebuildRequest } from './rebuild-request.ts'
import { replacePackage } from './replace-package-plugin.ts'

/**
 * Builds the client of an app with its own Vite and config into a directory of ours, with the edits that are asked for,
 * and measures the result. The app's own output, reports and plan are not touched.
 */
export async function buildApp(request: RebuildRequest): Promise<RebuildAnswer> {
  const { root, outDir, edits } = request
  const vite = await loadVite(root)
  const app = await applyStrategy(await loadAppConfig(vite, request), request)
  const imports = edits.flatMap((edit) => (edit.kind === 'imports' ? [editImports(edit, app.config.root!)] : []))
  const replacements = edits.flatMap((edit) =>
    edit.kind === 'replace' ? [replacePackage(edit.from, edit.to, app.config.root!)] : [],
  )
  const merges = edits.flatMap((edit) =>
    edit.kind === 'merge' && !app.mergedInPlan ? [mergeChunks(edit, app.config.root!)] : [],
  )
  let resolved: ResolvedConfig | undefined
  const capture: Plugin = { name: 'paceline:capture', configResolved: (config) => void (resolved = config) }
  // Two builds of one app differ in few files, and encoding them is what costs. The app's own cache stands before this one, and counts.
  const cache = artifactCache({ dir: request.encoded, namespace: 'rebuild', redis: false })
  const measuring = [...cache, ...buildGraph({ ...app.graph, dir: `${outDir}-report` })]
  const inline: InlineConfig = vite.mergeConfig(app.config, {
    logLevel: 'silent',
    build: { outDir, emptyOutDir: true, watch: null },
    // A config may name the directory once more for the client.
    environments: { client: { build: { outDir } } },
    // A worker is a build of its own.
    worker: { plugins: () => [...replacements, ...imports] },
  })
  let failure: unknown
  await vite
    .build({
      ...inline,
      plugins: [
        ...app.plugins,
        ...replacements,
        ...imports,
        ...merges,
        keepInside(outDir, app.config),
        capture,
        ...measuring,
        ...app.splitting,
      ],
    })
    .catch((error: unknown) => void (failure = error))
  // Somebody's check after the build may have failed: the files are there all the same.
  const report = resolved && findBuildGraph(resolved.plugins)?.report('client')
  if (!report) throw failure ?? new Error('The build ended without a report.')
  return { report, left: imports.flatMap((plugin) => plugin.left()) }
}

/** Outputs that name a directory of their own go below ours. */
export function keepInside(outDir: string, { root = '.', build }: InlineConfig): Plugin {
  const usual = resolve(root, build?.outDir ?? 'dist')
  return {
    name: 'paceline:keep-inside',
    outputOptions: {
      order: 'post',
      handler(output) {
        if (output.dir === undefined) return null
        const dir = resolve(root, output.dir)
        if (dir === outDir || isInside(dir, outDir)) return null
        return { ...output, dir: isInside(dir, usual) ? resolve(outDir, relative(usual, dir)) : outDir }
      },
    },
  }
}
