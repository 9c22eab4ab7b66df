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

export interface LighthouseTime {
  readonly version: string
  /** ms; absent when it found none. */
  readonly interactive?: number
}

/** `interactive` of Lighthouse on a page, in a browser of its own, throttled through DevTools as ours is. */
export async function runLighthouse(url: string): Promise<LighthouseTime> {
  // Installed in bench/ only: their types are not there when the repository is checked.
  const names = ['lighthouse', 'chrome-launcher'] as const
  const { default: lighthouse } = (await import(names[0])) as { readonly default: Lighthouse }
  const launcher = (await import(names[1])) as {
    launch(options: object): Promise<{ readonly port: number; kill(): void }>
  }
  const { chromePath, flags } = chromiumOf(process.env)
  const chrome = await launcher.launch({ chromePath, chromeFlags: ['--headless=new', ...flags], logLevel: 'silent' })
  try {
    const answer = await lighthouse(url, {
      port: chrome.port,
      logLevel: 'silent',
      onlyAudits: ['interactive'],
      formFactor: 'mobile',
      throttlingMethod: 'devtools',
    })
    const interactive = answer?.lhr.audits['interactive']?.numericValue
    return { version: answer?.lhr.lighthouseVersion ?? '', ...(interactive === undefined ? {} : { interactive }) }
  } finally {
    chrome.kill()
  }
}
