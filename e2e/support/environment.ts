/** What the runner (`npm test`) tells the tests. */
export interface Environment {
  /** Executable of the browser; undefined is Playwright's own. */
  readonly chromium: string | undefined
  readonly flags: string[]
  /** Address of the served playground; set once the web server has printed it. */
  readonly url: string | undefined
  /** The same for the playground in Vite's own chunks. */
  readonly defaultUrl: string | undefined
}

/** Reads `PACELINE_CHROMIUM`, `PACELINE_CHROMIUM_FLAGS`, `PACELINE_E2E_URL` and `PACELINE_E2E_DEFAULT_URL`. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  return {
    chromium: env['PACELINE_CHROMIUM'] || undefined,
    flags: (env['PACELINE_CHROMIUM_FLAGS'] ?? '').split(/\s+/).filter((flag) => flag !== ''),
    url: env['PACELINE_E2E_URL'],
    defaultUrl: env['PACELINE_E2E_DEFAULT_URL'],
  }
}
