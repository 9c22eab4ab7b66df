import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { followMemory, type PeakMemory } from './peak-memory.ts'
import type { Usage } from './usage.ts'

const CHILD = fileURLToPath(new URL('build-in-child.ts', import.meta.url))

/** In the folder of the reports: what the build printed. */
export const BUILD_OUTPUT = 'output.txt'

/** One build of one variant. */
export interface BuildTask {
  /** Module whose `config` export makes the Vite config of a task. */
  readonly configModule: string
  readonly variant: string
  /** Folder of the app. */
  readonly app: string
  readonly outDir: string
  /** Where the variant's own report goes; emptied first. */
  readonly reportDir: string
  /** Whether the report is wanted as data, to be compared, instead of as the page that users ask for. */
  readonly figures: boolean
}

/**
 * Runs one build in a process of its own and says what that process used.
 *
 * @param env variables that the app's build asks for
 * @throws {Error} When the build fails.
 */
export async function runBuild(task: BuildTask, env: Readonly<Record<string, string>> = {}): Promise<Usage> {
  rmSync(task.reportDir, { recursive: true, force: true })
  rmSync(task.outDir, { recursive: true, force: true })
  mkdirSync(task.reportDir, { recursive: true })
  const usageFile = join(task.reportDir, 'usage.json')
  const started = performance.now()
  const { code, output, memory } = await end(task, usageFile, env)
  const wall = performance.now() - started
  if (code !== 0 || !existsSync(usageFile)) {
    throw new Error(`\`${task.variant}\` does not build; exit code ${code}.\n${output}`)
  }
  writeFileSync(join(task.reportDir, BUILD_OUTPUT), output)
  const usage: Usage = JSON.parse(readFileSync(usageFile, 'utf8'))
  // With the processes that it started. The last look may have been before the process' own peak.
  if (!memory) return { ...usage, wall }
  return { ...usage, wall, rss: usage.rss + memory.rss - memory.own, held: memory.held }
}

function end(
  task: BuildTask,
  usageFile: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string; memory: PeakMemory | undefined }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(task), usageFile], {
      // As in a user's shell: the tools take the current folder for the project's.
      cwd: task.app,
      env: { ...withoutVite(process.env), ...env, NODE_ENV: 'production', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const memory = followMemory(child.pid!)
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output, memory: memory() }))
  })
}

/** What a shell sets for the builds of some app (`VITE_…`) changes the code of every other: 23 modules of bulletproof-react. */
function withoutVite(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('VITE_')))
}
