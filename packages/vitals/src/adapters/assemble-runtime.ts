import { minify } from 'terser'
import type { Rollup } from 'vite'
import { CLIENT_DIR } from '../client-dir.ts'
import { runtimeDefines, runtimeSource, type RuntimeRequest } from '../core/runtime-source.ts'

const ENTRY = '\0paceline:vitals-runtime'

/**
 * Chromium compiles the functions of such a file while it comes in, on another thread, instead of one by one on the main thread:
 * https://v8.dev/blog/explicit-compile-hints. Nearly all of the runtime runs when it starts.
 */
export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n'

/**
 * Bundles the runtime by itself: what splits the chunks of the app, and whatever else it does to its code, does not touch it, and it loads
 * nothing besides.
 *
 * @returns one module without imports, minified
 */
export async function assembleRuntime(request: RuntimeRequest): Promise<string> {
  return COMPILE_HINT + (await bundleProgram(runtimeSource(request, CLIENT_DIR), runtimeDefines(request)))
}

/**
 * The overlay by itself, for pages that are asked for it by their address. It hears of the runtime over the bus.
 *
 * @param sla source text
 * @param budgets source text
 */
export function assembleOverlay(sla: string, budgets: string): Promise<string> {
  const file = JSON.stringify(`${CLIENT_DIR}/overlay/show-overlay.ts`)
  return bundleProgram(`import { showOverlay } from ${file}\nshowOverlay(${sla}, ${budgets})\n`, {})
}

/**
 * One module without imports out of a program and whatever it imports, minified.
 *
 * @param root where what is imported by name is looked for
 */
export async function bundleProgram(
  source: string,
  define: Record<string, string>,
  root: string = CLIENT_DIR,
): Promise<string> {
  const { build } = await import('vite')
  const result = (await build({
    root,
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: 'silent',
    define,
    plugins: [
      {
        name: 'paceline:vitals-entry',
        resolveId(id, importer) {
          if (id === ENTRY) return id
          return importer === ENTRY ? this.resolve(id, `${root}/index.js`, { skipSelf: true }) : undefined
        },
        load: (id) => (id === ENTRY ? source : undefined),
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      target: 'es2022',
      rollupOptions: { input: ENTRY },
    },
  })) as Rollup.RollupOutput
  return shrink(result.output[0].code)
}

/** The same bytes whatever Vite minifies with. It says what is shorter in brotli, which a tenth of a kilobyte is worth in every page. */
async function shrink(code: string): Promise<string> {
  const { code: short } = await minify(code, {
    module: true,
    ecma: 2020,
    compress: { passes: 5, ecma: 2020, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
  })
  return short ?? code
}
