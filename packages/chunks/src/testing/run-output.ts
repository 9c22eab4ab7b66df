import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pathToFileURL } from 'node:url'

const run = promisify(execFile)
const SCRIPT = /<script\b[^>]*\bsrc="([^"]+)"/g

/** As much of a page as Vite's helpers ask for; stylesheets are loaded at once. */
const PAGE = `
const element = () => ({ relList: { supports: () => true }, setAttribute() {}, removeEventListener() {},
  addEventListener: (type, done) => void (type === 'load' && setTimeout(done, 0, { type })) })
globalThis.window = globalThis
globalThis.document = {
  createElement: element, getElementsByTagName: () => [], querySelector: () => null, querySelectorAll: () => [],
  head: { appendChild() {} }, baseURI: 'http://localhost/',
}
globalThis.ran = []
`

/**
 * Runs the scripts of a built page in a process of its own, as a browser would: in the order of the HTML. The app pushes what it
 * does to `ran`, and finishes everything it begins.
 *
 * @returns `ran`
 */
export async function runPage(outDir: string, page: string): Promise<unknown[]> {
  const html = await readFile(join(outDir, page), 'utf8')
  const scripts = [...html.matchAll(SCRIPT)].map(([, src = '']) => pathToFileURL(join(outDir, src)).href)
  const runner = join(outDir, `run-${page.replaceAll('/', '-')}.mjs`)
  const imports = scripts.map((script) => `await import(${JSON.stringify(script)})`)
  // Node takes `.js` without a package.json for what its content says.
  const done = 'await new Promise((resolve) => setTimeout(resolve, 50))\nconsole.log(JSON.stringify(ran))'
  await writeFile(runner, [PAGE, ...imports, done].join('\n'))
  const { stdout } = await run(process.execPath, [runner])
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as unknown[]
}
