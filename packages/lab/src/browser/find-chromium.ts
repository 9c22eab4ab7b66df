import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { chromium } from 'playwright-core'
import { labError } from '../errors.ts'
import { CHROMIUM_COMMANDS, chromiumCandidates, type Machine } from './chromium-candidates.ts'

/**
 * The browser of this machine: the one that PACELINE_CHROMIUM names, else one of the usual places, else the one that Playwright has downloaded.
 *
 * @param exists whether there is such a file
 * @throws `PACELINE_LAB_NO_BROWSER`
 */
export function findChromium(
  machine: Machine = { platform: process.platform, env: process.env, home: homedir() },
  exists: (file: string) => boolean = existsSync,
): string {
  const named = machine.env['PACELINE_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (exists(named)) return named
    throw labError('PACELINE_LAB_NO_BROWSER', [[`PACELINE_CHROMIUM=${named}`]])
  }
  const candidates = chromiumCandidates(machine)
  const found = [...candidates, chromium.executablePath()].find((file) => file !== '' && exists(file))
  if (found !== undefined) return found
  throw labError('PACELINE_LAB_NO_BROWSER', [[...CHROMIUM_COMMANDS.slice(0, 4), 'the Chromium of Playwright']])
}
