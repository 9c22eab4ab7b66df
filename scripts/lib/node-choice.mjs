import { SetupError } from './setup-error.mjs'

/**
 * Which Node runs the repository: the one it pins through the npm package `node`, or the system's when that one
 * cannot run here.
 *
 * @param {object} facts
 * @param {string} facts.wanted Version in package.json, without `v`.
 * @param {string | undefined} facts.pinned What the pinned executable answers to `--version`; undefined when there is none or it does not start.
 * @param {boolean} facts.present Whether there is a pinned executable at all.
 * @param {string} facts.system Version of the Node that is running.
 * @param {string} facts.minimum Lowest version that Paceline supports.
 * @param {string} facts.platform As in `linux-x64`.
 * @returns {{ use: 'pinned' | 'system', note?: string }}
 * @throws {SetupError} When neither will do.
 */
export function chooseNode({ wanted, pinned, present, system, minimum, platform }) {
  if (pinned === wanted) return { use: 'pinned' }
  const why = describe({ wanted, pinned, present, platform })
  if (compareVersions(system, minimum) >= 0)
    return { use: 'system', note: `${why} Going on with Node ${system} of this machine.` }
  throw new SetupError(
    `${why} The Node of this machine is too old to stand in for it; found ${system}, needed is ${minimum} or newer. Install a newer Node, then run the same command again.`,
  )
}

/** @param {{ wanted: string, pinned: string | undefined, present: boolean, platform: string }} facts */
function describe({ wanted, pinned, present, platform }) {
  if (!present) return `Node ${wanted} was not installed; the install script of the npm package \`node\` did not run.`
  if (pinned === undefined) return `The pinned Node ${wanted} does not run on this platform (${platform}).`
  return `The pinned Node is ${pinned} where package.json asks for ${wanted}.`
}

/**
 * Compares `major.minor.patch`; missing parts are zero, anything after a hyphen is ignored.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number} Negative, zero or positive.
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => (version.split('-')[0] ?? '').split('.').map(Number))
  for (let i = 0; i < 3; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
