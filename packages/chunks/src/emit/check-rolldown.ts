import { chunksError } from '../errors.ts'

/**
 * Since this version Rolldown asks the `test` of a group about all modules before it asks for the first `name`. Until then nobody knew which
 * modules are left when the first has to be placed.
 */
const SINCE = [1, 2, 6] as const

/**
 * Before anything is built: whether the bundler can follow a plan. Vite 8.3 brings one along that can; a lockfile may hold an older one.
 *
 * @param version of Rolldown; `undefined` for Rollup, which always can
 * @throws `PACELINE_ROLLDOWN_OUTDATED`
 */
export function checkRolldown(version: string | undefined): void {
  if (version === undefined) return
  const received = version.split(/[.-]/).map(Number)
  for (const [index, least] of SINCE.entries()) {
    const part = received[index] ?? 0
    if (part > least) return
    if (part < least) throw chunksError('PACELINE_ROLLDOWN_OUTDATED', [version, SINCE.join('.')])
  }
}
