import { STYLESHEET } from '@paceline/build-graph'
import type { Rollup } from 'vite'
import type { FinishedOutput } from './finished-output.ts'

/**
 * The chunks of an output before Vite takes out of it what needs no script of its own: pages that only import others, and chunks of
 * nothing but stylesheets. It adds the files of the latter to the chunks that import them, **behind** their own CSS
 * (`pureCssChunks` in Vite's css plugin), and drops the imports.
 */
export class WholeBundle {
  readonly #chunks = new Map<string, { readonly chunk: Rollup.OutputChunk; readonly imports: readonly string[] }>()

  /** @param bundle before Vite's plugins have seen it */
  constructor(bundle: Rollup.OutputBundle) {
    for (const [file, chunk] of Object.entries(bundle)) {
      if (chunk.type === 'chunk') this.#chunks.set(file, { chunk, imports: [...chunk.imports] })
    }
  }

  /** The finished bundle and what Vite took out of it. What other plugins took out, to put it into the page, stays out. */
  withRemoved(bundle: Rollup.OutputBundle): Rollup.OutputBundle {
    const removed = [...this.#chunks].flatMap(([file, { chunk }]): [string, Rollup.OutputChunk][] =>
      !(file in bundle) && (isPage(chunk) || isStyle(chunk)) ? [[file, chunk]] : [],
    )
    return { ...Object.fromEntries(removed), ...bundle }
  }

  /** The output with the imports that Vite dropped. */
  withImports(output: FinishedOutput, bundle: Rollup.OutputBundle): FinishedOutput {
    const chunks = output.chunks.map((chunk) => {
      const known = this.#chunks.get(chunk.file)
      if (!known) return chunk
      return { ...chunk, imports: known.imports, onlyStyles: !(chunk.file in bundle) && isStyle(known.chunk) }
    })
    return { ...output, chunks }
  }
}

function isPage({ isEntry, facadeModuleId }: Rollup.OutputChunk): boolean {
  return isEntry && /\.html?$/.test(facadeModuleId ?? '')
}

/** A chunk that Vite has made a stylesheet of. */
function isStyle({ viteMetadata, moduleIds, modules }: Rollup.OutputChunk): boolean {
  const hasScript = moduleIds.some((id) => !STYLESHEET.test(id) && (modules[id]?.code ?? '') !== '')
  return !hasScript && (viteMetadata?.importedCss.size ?? 0) > 0
}
