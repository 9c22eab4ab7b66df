import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 250
/** A lock file without a process id in it is being written just now, or was left by a crash in that moment. */
const UNFINISHED_MS = 10_000
/** Process ids are given out again, in containers soon: nothing we lock takes this long. */
const HOPELESS_MS = 20 * 60_000

/**
 * @typedef {object} LockState
 * @property {boolean} abandoned The one before never let go, so its work was cut off.
 * @property {(pid: number) => void} share The lock is held as long as this process of ours runs, even if we are killed.
 */

/**
 * Runs `work` while no other process holds the same lock. A lock whose process is gone is taken over.
 *
 * @template T
 * @param {string} file
 * @param {object} options
 * @param {() => void} options.onWait Called once when another process is at it.
 * @param {(state: LockState) => Promise<T>} options.work
 * @returns {Promise<T>}
 */
export async function withFileLock(file, { onWait, work }) {
  let waited = false
  let abandoned = false
  while (!acquire(file)) {
    if (isAbandoned(file)) {
      abandoned = true
      rmSync(file, { force: true })
      // Two processes may see the same dead lock: the pause lets the faster one create its own before the next try.
      await sleep(POLL_MS * Math.random())
      continue
    }
    if (!waited) onWait()
    waited = true
    await sleep(POLL_MS)
  }
  try {
    return await work({ abandoned, share: (pid) => appendFileSync(file, ` ${pid}`) })
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function acquire(file) {
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    const pids = readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number)
    const age = Date.now() - statSync(file).mtimeMs
    return pids.length > 0 ? !pids.some(isRunning) || age > HOPELESS_MS : age > UNFINISHED_MS
  } catch {
    // Let go in the meantime.
    return false
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Running, but somebody else's.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
