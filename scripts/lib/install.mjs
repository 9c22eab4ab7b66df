import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withFileLock } from './file-lock.mjs'
import { explainNpmFailure, fingerprint, planInstall } from './install-plan.mjs'
import { runNpm } from './npm.mjs'
import { SetupError } from './setup-error.mjs'
import { workspaceFolders } from './workspaces.mjs'

/** Inside node_modules, so that it goes when they go. */
const RECORD = 'node_modules/.paceline-install'
/** Outside of node_modules, which `npm ci` deletes. */
const LOCK = '.cache/install.lock'

/**
 * Installs the dependencies when the lockfile or a package.json changed since they were installed.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @throws {SetupError} When npm fails.
 */
export async function ensureInstalled(root, say) {
  if (!existsSync(join(root, LOCK)) && planFor(root, false) === 'none') return
  await withFileLock(join(root, LOCK), {
    onWait: () => say('Waiting for another process that is installing the dependencies …'),
    work: async ({ abandoned }) => {
      const plan = planFor(root, abandoned)
      if (plan !== 'none') await install(root, plan, say)
    },
  })
}

/**
 * @param {string} root
 * @param {boolean} interrupted
 */
function planFor(root, interrupted) {
  const record = join(root, RECORD)
  return planInstall({
    installed: existsSync(join(root, 'node_modules')),
    interrupted,
    recorded: existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined,
    current: currentFingerprint(root),
    ci: Boolean(process.env['CI']),
  })
}

/**
 * @param {string} root
 * @param {'ci' | 'install'} plan
 * @param {(line: string) => void} say
 */
async function install(root, plan, say) {
  // `--include=dev`: NODE_ENV=production in somebody's shell must not leave the tools out.
  const args = [plan, '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  say(`Installing the dependencies (npm ${plan}) …`)
  const started = Date.now()
  const { exitCode, stderr } = await runNpm(args, {
    cwd: root,
    tick: (seconds) => say(`  still installing (${seconds} s) …`),
  }).catch((cause) => {
    throw new SetupError(
      '`npm` cannot be started. Install npm, which comes with Node, then run the same command again.',
      { cause },
    )
  })
  if (exitCode !== 0) throw new SetupError(explainNpmFailure({ command: `npm ${plan}`, exitCode, stderr }))
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  // Read again: `npm install` may have written the lockfile.
  writeFileSync(join(root, RECORD), `${currentFingerprint(root)}\n`)
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/** @param {string} root */
function currentFingerprint(root) {
  const lockfile = join(root, 'package-lock.json')
  return fingerprint({
    lockfile: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : '',
    manifests: ['.', ...workspaceFolders(root)].map((path) => ({
      path,
      text: readFileSync(join(root, path, 'package.json'), 'utf8'),
    })),
    platform: `${process.platform}-${process.arch}`,
  })
}
