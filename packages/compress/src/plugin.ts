import { resolve } from 'node:path'
import { encoders, inNestedOutput } from '@paceline/kit'
import type { Plugin, ResolvedConfig, Rollup } from 'vite'
import { compression, defineAlgorithm } from 'vite-plugin-compression2'
import { resolveCompressOptions, type CompressOptions, type ResolvedCompressOptions } from './options.ts'
import { COMPRESSIBLE, finishSiblings } from './siblings.ts'

type CompressionPlugin = ReturnType<typeof compression>
type Hook<Arguments extends unknown[]> = (this: unknown, ...args: Arguments) => Promise<void> | void

/**
 * Writes a compressed sibling beside every file of the client build: `.gz`, `.br`, `.zst`.
 *
 * vite-plugin-compression2 compresses what the bundler emits while it emits it. What that cannot see (files written by
 * `closeBundle` hooks, such as service workers), what it fails on without a word, and what changed after it, is
 * compressed at the very end.
 *
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function compress(options?: CompressOptions): Plugin {
  const resolved = resolveCompressOptions(options)
  let config: ResolvedConfig | undefined
  let inner: CompressionPlugin | undefined
  const written = new Set<string>()
  return {
    name: 'paceline:compress',
    apply: 'build',
    enforce: 'post',
    async configResolved(resolvedConfig) {
      config = resolvedConfig
      if (resolvedConfig.build.ssr) return
      inner = withoutCapturedOutput(() => createCompression(resolved))
      await (inner.configResolved as Hook<[ResolvedConfig]>).call(this, resolvedConfig)
    },
    generateBundle: {
      order: 'post',
      handler(_output, bundle) {
        // The wrapped plugin does not tell environments apart, and nobody downloads a server bundle.
        if (this.environment.config.consumer !== 'client') removeSiblings(bundle, resolved)
      },
    },
    writeBundle() {
      written.add(this.environment.name)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        if (error || !config || environment.config.consumer !== 'client' || !written.delete(environment.name)) return
        if (inner) await withoutCapturedOutput(() => (inner!.closeBundle as Hook<[]>).call(this))
        const outDir = resolve(config.root, environment.config.build.outDir)
        await finishSiblings(outDir, resolved, inNestedOutput(config, environment.name))
      },
    },
  }
}

function createCompression({ algorithms, threshold }: ResolvedCompressOptions): CompressionPlugin {
  const extensions = new Map<unknown, string>()
  const functions = algorithms.map((encoding) => {
    const { encode, extension } = encoders[encoding]
    const algorithm = (input: unknown): Promise<Buffer> => encode(input as Uint8Array)
    extensions.set(algorithm, extension)
    return defineAlgorithm(algorithm, {})
  })
  return compression({
    algorithms: functions,
    include: COMPRESSIBLE,
    filename: (id, { algorithm }) => id + extensions.get(algorithm),
    threshold,
    skipIfLargerOrEqual: true,
    // It reports public files only, and what it fails on we notice ourselves: a sibling is missing at the end.
    logLevel: 'silent',
  })
}

/**
 * vite-plugin-compression2 replaces `process.stdout.write` when it is created, to hold back Vite's "built in" line, and puts
 * a bound copy in its place when it is done. Both are undone at once: the output belongs to the user.
 */
function withoutCapturedOutput<Result>(run: () => Result): Result {
  const { write } = process.stdout
  try {
    const result = run()
    if (result instanceof Promise) {
      return result.finally(() => {
        process.stdout.write = write
      }) as Result
    }
    return result
  } finally {
    process.stdout.write = write
  }
}

function removeSiblings(bundle: Rollup.OutputBundle, { algorithms }: ResolvedCompressOptions): void {
  for (const file of Object.keys(bundle)) {
    const extension = algorithms.map((encoding) => encoders[encoding].extension).find((suffix) => file.endsWith(suffix))
    if (extension !== undefined && file.slice(0, -extension.length) in bundle) delete bundle[file]
  }
}
