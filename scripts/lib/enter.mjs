import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureInstalled } from './install.mjs'
import { chooseNode } from './node-choice.mjs'
import { root } from './root.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Starts one of the repository's commands on any Node from 20 on: installs the dependencies when that is needed, then
 * goes on under the pinned Node, which also runs the TypeScript of the rest. Exits the process with the command's code.
 *
 * @param {string} script Path from the root.
 * @param {readonly string[]} [args]
 * @returns {Promise<void>}
 */
export async function enter(script, args = process.argv.slice(2)) {
  try {
    await ensureInstalled(root, say)
    const node = pickNode()
    process.env['PATH'] = withLocalBins(process.env['PATH'])
    if (isSameFile(node, process.execPath)) {
      process.argv = [process.execPath, join(root, script), ...args]
      await import(pathToFileURL(join(root, script)).href)
    } else {
      await handOver(node, [join(root, script), ...args])
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}

/** @returns {string} The executable to go on with. */
function pickNode() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const executable = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const present = existsSync(executable)
  const { use, note } = chooseNode({
    wanted: manifest.devDependencies.node,
    pinned: present ? versionOf(executable) : undefined,
    present,
    system: process.versions.node,
    minimum: manifest.engines.node.replace('>=', ''),
    platform: `${process.platform}-${process.arch}`,
  })
  if (note !== undefined) say(note)
  if (use === 'pinned') return executable
  // npm puts node_modules/.bin first in PATH: an executable there that does not run would stop every later command.
  for (const name of ['node', 'node.cmd', 'node.ps1']) rmSync(join(root, 'node_modules/.bin', name), { force: true })
  return process.execPath
}

/** @param {string} executable */
function versionOf(executable) {
  const { status, stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8', timeout: 30_000 })
  return status === 0 ? stdout.trim().replace(/^v/, '') : undefined
}

/** @param {string | undefined} path */
function withLocalBins(path = '') {
  const bins = join(root, 'node_modules', '.bin')
  return path.split(delimiter)[0] === bins ? path : [bins, path].join(delimiter)
}

/**
 * @param {string} a
 * @param {string} b
 */
function isSameFile(a, b) {
  return realpathSync(a) === realpathSync(b)
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<void>} Settles when the command has ended.
 */
function handOver(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' })
  // Ctrl+C reaches the child by itself, since it is in the terminal's process group; we only stay to pass its code on.
  process.on('SIGINT', () => {})
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
      resolve()
    })
  })
}
