import type { Plugin, Rollup } from 'vite'

interface ChunkInfo {
  readonly fileName: string
  readonly moduleIds: readonly string[]
  readonly modules: Readonly<Record<string, { readonly code: string | null }>>
}

/** The first function of what a CommonJS module (Rollup's, Rolldown's) or a lazily initialised one is wrapped in. */
const WRAPPERS = [
  /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:var|const|let)[^;{]*?=\s*(?:\/\* @__PURE__ \*\/\s*)?__(?:commonJS|esm)(?:Min)?\([^{]*\{/,
  /\nfunction require\w+\s*\(\)\s*\{\n\tif \(hasRequired\w+\) return \w+(?:\.\w+|\$\w+)*;\n\thasRequired\w+ = 1;/,
]

/** The plugin, and what it has learnt when the build is over. */
export interface RunRecorder {
  readonly plugin: Plugin
  /** Modules that run when they are first asked for, as CommonJS does: in the middle of the code of who asks. */
  readonly wrapped: ReadonlySet<string>
}

/**
 * Makes every module say that it runs: `window.ran` has their ids in order. The marks come after tree shaking, where each module's
 * code begins in the chunk, so that they change neither what is left of a module nor where it goes. Needs
 * `minify: false`.
 */
export function recordRuns(shortId: (id: string) => string): RunRecorder {
  const wrapped = new Set<string>()
  const plugin: Plugin = {
    name: 'record-runs',
    // Before others change what was rendered.
    enforce: 'pre',
    apply: 'build',
    renderChunk: {
      order: 'pre',
      handler(code, chunk, options) {
        if (options.format !== 'es') return null
        return { code: withMarks(code, chunk as ChunkInfo, shortId, wrapped), map: null } as Rollup.RenderedChunk & {
          code: string
          map: null
        }
      },
    },
  }
  return { plugin, wrapped }
}

function withMarks(code: string, chunk: ChunkInfo, shortId: (id: string) => string, wrapped: Set<string>): string {
  let from = 0
  let marked = ''
  for (const id of chunk.moduleIds) {
    const own = chunk.modules[id]?.code?.trim()
    if (!own) continue
    const begin = beginning(code, own, from)
    if (begin === undefined) throw new Error(`The code of \`${id}\` is not found in ${chunk.fileName}.`)
    const mark = `;(globalThis.ran ??= []).push(${JSON.stringify(shortId(id))});`
    const wrapper = WRAPPERS.map((pattern) => pattern.exec(own)).find((match) => match !== null)
    if (wrapper) wrapped.add(shortId(id))
    const at = begin + (wrapper ? wrapper.index + wrapper[0].length : 0)
    marked += code.slice(from, at) + mark
    from = at
  }
  return marked + code.slice(from)
}

/** Where a module's code is. Names of chunks are filled in after it was rendered, so what comes before them counts. */
function beginning(code: string, own: string, from: number): number | undefined {
  const first = own.split('\n').find((line) => line.trim() !== '' && !line.startsWith('//')) ?? own
  for (const text of [own, first, first.split('import(')[0]!]) {
    const at = text === '' ? -1 : code.indexOf(text, from)
    if (at !== -1) return at
  }
  return undefined
}
