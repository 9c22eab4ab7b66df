import type { InlineConfig, Logger, Plugin, ResolvedConfig, Rollup } from 'vite'
import { serviceWorkerError } from '../errors.ts'

type Vite = typeof import('vite')

export interface WorkerBuild {
  readonly vite: Vite
  /** Of the app: its aliases, constants and target hold for the worker, too. */
  readonly config: ResolvedConfig
  readonly minify: ResolvedConfig['build']['minify']
  readonly type: 'classic' | 'module'
  readonly filename: string
  /** The program, or the path of the file that has it. */
  readonly program: { readonly source: string } | { readonly file: string }
}

const ENTRY = '\0paceline-service-worker.js'

/**
 * Bundles a worker into one script, without anything that it would have to load or evaluate.
 *
 * @throws `PACELINE_SW_BUILD_FAILED`
 */
export async function buildWorker(build: WorkerBuild): Promise<string> {
  const { vite, config } = build
  const output = await vite.build(inlineConfig(build)).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw serviceWorkerError('PACELINE_SW_BUILD_FAILED', [message], { cause })
  })
  const [chunk, ...more] = (output as Rollup.RollupOutput).output.filter((file) => file.type === 'chunk')
  if (!chunk || more.length > 0) {
    const names = more.map(({ fileName }) => fileName).join(', ')
    throw serviceWorkerError('PACELINE_SW_BUILD_FAILED', [
      `it became several files: ${names || 'none'} in '${config.root}'`,
    ])
  }
  return chunk.code
}

function inlineConfig({ vite, config, minify, type, filename, program }: WorkerBuild): InlineConfig {
  return {
    root: config.root,
    mode: config.mode,
    configFile: false,
    logLevel: 'warn',
    envDir: false,
    publicDir: false,
    customLogger: quiet(vite.createLogger('warn'), config.logger),
    resolve: { alias: config.resolve.alias },
    define: { ...config.define, 'process.env.NODE_ENV': JSON.stringify('production') },
    plugins: 'source' in program ? [virtualEntry(program.source)] : [],
    build: {
      write: false,
      watch: null,
      minify,
      target: config.build.target,
      sourcemap: false,
      reportCompressedSize: false,
      modulePreload: false,
      rollupOptions: {
        input: 'file' in program ? program.file : ENTRY,
        output: { format: type === 'module' ? 'es' : 'iife', entryFileNames: filename },
      },
    },
  }
}

function virtualEntry(source: string): Plugin {
  return {
    name: 'paceline:service-worker-entry',
    enforce: 'pre',
    resolveId: (id) => (id === ENTRY ? ENTRY : undefined),
    load: (id) => (id === ENTRY ? source : undefined),
  }
}

/** Only what is wrong is told, and by the app's own logger. */
function quiet(silent: Logger, { warn, error }: Logger): Logger {
  return { ...silent, info: () => {}, warn, warnOnce: warn, error }
}
