import { existsSync } from 'node:fs'

/** The browser and the flags that the runner names, for those who do not start it through us. */
export function chromiumOf(env: Readonly<Record<string, string | undefined>>): {
  readonly chromePath: string | undefined
  readonly flags: readonly string[]
} {
  const flags = (env['PACELINE_CHROMIUM_FLAGS'] ?? '').split(/\s+/).filter((flag) => flag !== '')
  const usual = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file))
  return { chromePath: env['PACELINE_CHROMIUM'] || usual, flags }
}
