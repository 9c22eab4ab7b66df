import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withFileLock } from './file-lock.mjs'
import { explainNpmFailure, fingerprint, isOutOfSync, planInstall } from './install-plan.mjs'
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
    work: async ({ abandoned, share }) => {
      const plan = planFor(root, abandoned)
      if (plan !== 'none') await install(root, plan, { say, share })
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
 * @typedef {object} Surroundings
 * @property {(line: string) => void} say
 * @property {(pid: number) => void} share npm keeps the lock if we are killed and it goes on.
 */

/**
 * @param {string} root
 * @param {'ci' | 'install'} plan
 * @param {Surroundings} surroundings
 */
async function install(root, plan, surroundings) {
  const { say } = surroundings
  const started = Date.now()
  let ended = await npm(root, [plan], surroundings)
  if (plan === 'ci' && isOutOfSync(ended.stderr)) {
    say('package-lock.json is not complete for this platform: looking up what it lacks, and leaving it as it is.')
    ended = await npm(root, ['install', '--no-save'], surroundings)
  }
  const { command, exitCode, stderr } = ended
  if (exitCode !== 0) throw new SetupError(explainNpmFailure({ command, exitCode, stderr }))
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  // Read again: `npm install` may have written the lockfile.
  writeFileSync(join(root, RECORD), `${currentFingerprint(root)}\n`)
  say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

/**
 * @param {string} root
 * @param {readonly string[]} words
 * @param {Surroundings} surroundings
 */
async function npm(root, words, { say, share }) {
  const command = `npm ${words.join(' ')}`
  say(`Installing the dependencies (${command}) …`)
  // `--include=dev`: NODE_ENV=production in somebody's shell must not leave the tools out.
  const args = [...words, '--include=dev', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  const tick = (/** @type {number} */ seconds) => say(`  still installing (${seconds} s) …`)
  try {
    return { command, ...(await runNpm(args, { cwd: root, onStart: share, tick })) }
  } catch (cause) {
    const next = 'Install npm, which comes with Node, then run the same command again.'
    throw new SetupError(`\`npm\` cannot be started. ${next}`, { cause })
  }
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
