import { createHash } from 'node:crypto'

/** The parts of a package.json that decide what gets installed. A new script or description needs no installation. */
const INSTALL_FIELDS = [
  'name',
  'version',
  'workspaces',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'allowScripts',
  'bin',
]

/**
 * One hash over everything that `node_modules` follows from.
 *
 * @param {object} inputs
 * @param {string} inputs.lockfile Text of package-lock.json.
 * @param {ReadonlyArray<{ path: string, text: string }>} inputs.manifests Every package.json of the repository.
 * @param {string} inputs.platform Operating system and processor: native packages differ between them.
 * @returns {string}
 */
export function fingerprint({ lockfile, manifests, platform }) {
  const hash = createHash('sha256').update(JSON.stringify([platform, lockfile]))
  for (const { path, text } of manifests.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    /** @type {Record<string, unknown>} */
    const manifest = JSON.parse(text)
    hash.update(JSON.stringify([path, INSTALL_FIELDS.map((field) => manifest[field] ?? null)]))
  }
  return hash.digest('hex')
}

/**
 * What has to be done so that `node_modules` fits the lockfile.
 *
 * - `none`: it fits.
 * - `ci`: from nothing. There is nothing, or what is there was left half done, or nobody is there to keep edits for.
 * - `install`: bring up to date what is there, which takes seconds and keeps a developer's edited package.json.
 *
 * @param {object} state
 * @param {boolean} state.installed Whether there is a `node_modules`.
 * @param {boolean} state.interrupted Whether an earlier installation was cut off.
 * @param {string | undefined} state.recorded Fingerprint of the last installation that went through.
 * @param {string} state.current Fingerprint of what is asked for now.
 * @param {boolean} state.ci Whether this is a CI run.
 * @returns {'none' | 'ci' | 'install'}
 */
export function planInstall({ installed, interrupted, recorded, current, ci }) {
  if (!installed || interrupted) return 'ci'
  if (recorded === current) return 'none'
  return ci ? 'ci' : 'install'
}

const OFFLINE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/
/** What `npm ci` says of a lockfile that package.json, or another platform's npm, has gone ahead of. */
const OUT_OF_SYNC = /can only install packages when your package\.json and package-lock\.json .*are in sync/

/**
 * Whether `npm ci` failed only because the lockfile lacks something, so that an ordinary installation can go through.
 *
 * @param {string} stderr
 * @returns {boolean}
 */
export function isOutOfSync(stderr) {
  return OUT_OF_SYNC.test(stderr)
}

/**
 * One sentence for a failed npm.
 *
 * @param {object} failure
 * @param {string} failure.command As typed: `npm ci`.
 * @param {number | null} failure.exitCode `null` when npm was ended by a signal.
 * @param {string} failure.stderr What npm said.
 * @returns {string}
 */
export function explainNpmFailure({ command, exitCode, stderr }) {
  const code = OFFLINE.exec(stderr)?.[1]
  if (code !== undefined) {
    return `The dependencies cannot be downloaded; \`${command}\` could not reach the package registry (${code}). Check the network connection, proxy and \`npm config get registry\`, then run the same command again.`
  }
  if (isOutOfSync(stderr)) {
    return `package-lock.json does not fit package.json; \`${command}\` refused it. Run \`npm install\` once and commit package-lock.json.`
  }
  if (/\bENOSPC\b/.test(stderr)) {
    return `The dependencies cannot be installed; the disk is full. Make room (about 1.5 GB), then run the same command again.`
  }
  if (/\b(EACCES|EPERM)\b/.test(stderr)) {
    return `The dependencies cannot be installed; \`${command}\` may not write to this folder. Make the folder and its node_modules yours, then run the same command again.`
  }
  const how = exitCode === null ? 'was ended by a signal' : `stopped with exit code ${exitCode}`
  return `The dependencies are not installed; \`${command}\` ${how}, and what it said stands above. Put that right, then run the same command again.`
}
