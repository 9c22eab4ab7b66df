import { chromiumOf } from './chromium-of.ts'

type Lighthouse = (
  url: string,
  flags: object,
) => Promise<
  | {
      readonly lhr: {
        readonly lighthouseVersion: string
        readonly audits: Readonly<Record<string, { numericValue?: number }>>
      }
    }
  | undefined
>

export interface LighthouseTimes {
  readonly version: string
  /** ms, of each run. */
  readonly interactive: readonly number[]
}

/** `interactive` of Lighthouse on a page, each time in a browser of its own, throttled through DevTools as ours is. */
export async function runLighthouse(url: string, runs: number): Promise<LighthouseTimes> {
  // Installed in bench/ only: their types are not there when the repository is checked.
  const names = ['lighthouse', 'chrome-launcher'] as const
  const { default: lighthouse } = (await import(names[0])) as { readonly default: Lighthouse }
  const launcher = (await import(names[1])) as {
    launch(options: object): Promise<{ readonly port: number; kill(): void }>
  }
  const { chromePath, flags } = chromiumOf(process.env)
  const interactive: number[] = []
  let version = ''
  for (let run = 0; run < runs; run++) {
    const chrome = await launcher.launch({ chromePath, chromeFlags: ['--headless=new', ...flags], logLevel: 'silent' })
    try {
      const answer = await lighthouse(url, {
        port: chrome.port,
        logLevel: 'silent',
        onlyAudits: ['interactive'],
        formFactor: 'mobile',
        throttlingMethod: 'devtools',
      })
      version = answer?.lhr.lighthouseVersion ?? version
      interactive.push(answer?.lhr.audits['interactive']?.numericValue ?? NaN)
    } finally {
      chrome.kill()
    }
    process.stderr.write(`Lighthouse ${run + 1}/${runs}: ${Math.round(interactive.at(-1) ?? NaN)} ms\n`)
  }
  return { version, interactive: interactive.filter(Number.isFinite) }
}
