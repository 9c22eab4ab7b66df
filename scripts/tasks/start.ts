import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { askedPort, pickPort } from '../lib/ports.ts'
import { root } from '../lib/root.mjs'
import { runScript, runTool, start } from '../lib/run.ts'
import { SetupError } from '../lib/setup-error.mjs'
import { answer, tell } from '../lib/tell.ts'

/** `npm start`: build the packages and the playground, then serve it until Ctrl+C. */

const PORT = 4173
const PLAYGROUND = '@paceline/playground'

const port = await pickPort(PORT, askedPort(process.argv.slice(2)))
await build('packages', () => runTool('tsdown', ['--logLevel', 'warn']))
await build('dashboard', () => runScript('@paceline/collector', 'build:dashboard'))
await build('playground', () => runScript(PLAYGROUND, 'build'))
process.exitCode = await serve(port)

async function build(name: string, run: () => Promise<{ readonly code: number | null }>): Promise<void> {
  tell(`Building the ${name} …`)
  const { code } = await run()
  if (code !== 0)
    throw new SetupError(
      `The ${name} cannot be built; the reason stands above. Put it right, then run \`npm start\` again.`,
    )
}

/** Settles when the server has ended. Its first line is its address; what follows is passed on. */
function serve(port: number): Promise<number> {
  // What the playground's `serve` script runs, without npm and its shell in between: neither passes SIGTERM on, and the
  // server would outlive us.
  const server = start(process.execPath, ['server/main.ts', '--port', String(port)], {
    cwd: join(root, 'playground'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let ready = false
  if (server.stdout !== null) {
    createInterface({ input: server.stdout }).on('line', (line) => {
      const address = ready ? undefined : /https?:\/\/[^\s/]+/.exec(line)?.[0]
      if (address === undefined) return answer(line)
      ready = true
      void pushRelease(address).then(() => announce(address))
    })
  }
  return new Promise((resolve) => {
    server.on('error', () => resolve(1))
    server.on('close', (code) => resolve(code ?? 1))
  })
}

/** Tells the collector what is in the build, as a deploy does, so that the dashboard has names for routes and modules. */
async function pushRelease(address: string): Promise<void> {
  const command = join(root, 'packages/paceline/bin/paceline.js')
  const push = start(process.execPath, [command, 'release', 'push', '--url', address], {
    cwd: join(root, 'playground'),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise<number | null>((resolve) => push.on('close', resolve))
  if (code !== 0) tell('The dashboard shows numbers in place of names; the reason stands above.')
}

function announce(address: string): void {
  answer('')
  answer(`  The playground   ${address}/`)
  answer(`  Its report       ${address}/__paceline/report`)
  answer(`  Its treemap      ${address}/__paceline/treemap`)
  answer(`  What users feel  ${address}/__paceline/dashboard/`)
  answer('')
  answer('  Ctrl+C ends it.')
}
