import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { chromiumCandidates } from '../../packages/lab/src/browser/chromium-candidates.ts'
import { run, runTool } from '../lib/run.ts'
import { root } from '../lib/root.mjs'
import { SetupError } from '../lib/setup-error.mjs'
import { tell } from '../lib/tell.ts'
import { installPackage } from '../machine/install-package.ts'

const DOWNLOAD_MS = 5 * 60_000
const PACKAGES = {
  'apt-get': ['chromium', 'fonts-liberation'],
  dnf: ['chromium'],
  apk: ['chromium', 'font-liberation'],
  brew: ['--cask', 'google-chrome'],
}

/**
 * The Chromium that the tests run in: the one named by `PACELINE_CHROMIUM`, else one of this machine, else Playwright's
 * own (downloaded when need be), else the one of the system's package manager.
 *
 * @throws {SetupError} When none can be had.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['PACELINE_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (await starts(named)) return named
    throw new SetupError(
      `\`PACELINE_CHROMIUM\` names no browser that starts; received ${named}. Name a Chromium or Chrome executable, or unset it.`,
    )
  }
  const found = (await installed()) ?? (await playwrights()) ?? (await installPackage('Chromium', PACKAGES, installed))
  if (found !== undefined) return found
  throw new SetupError(
    'The tests need Chromium, and none could be found, downloaded or installed on this machine. Install Chromium or Google Chrome, or set PACELINE_CHROMIUM to an executable, then run the same command again.',
  )
}

async function installed(): Promise<string | undefined> {
  const candidates = chromiumCandidates({ platform: process.platform, env: process.env, home: homedir() })
  for (const file of candidates) {
    if (existsSync(file) && (await starts(file))) return file
  }
  return undefined
}

async function playwrights(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  if (existsSync(file) && (await starts(file))) return file
  tell('No Chromium on this machine: downloading the one that Playwright offers …')
  const { code } = await runTool('playwright', ['install', '--no-shell', 'chromium'], {
    cwd: join(root, 'e2e'),
    timeoutMs: DOWNLOAD_MS,
  })
  if (code === 0 && (await starts(file))) return file
  tell('That Chromium cannot be had or does not start here.')
  return undefined
}

/** Whether an executable is a browser that starts. Windows' Chrome opens a window when asked, so there it is trusted. */
async function starts(file: string): Promise<boolean> {
  if (process.platform === 'win32') return existsSync(file)
  const { code, stdout } = await run(file, ['--version'], { quiet: true, timeoutMs: 30_000 })
  return code === 0 && /chrom/i.test(stdout)
}
