import type { Measured } from '../chunks/stored-results.ts'
import { percent, table } from '../lib/render-units.ts'
import { CLAIMS } from './claims.ts'

/** Bytes of one file. */
export interface DictionaryFigures {
  readonly raw: number
  readonly brotli: number
  readonly dcb: number
  readonly dcz: number
  /** `dcb` at brotli's highest level, which the announcement used. */
  readonly highest: number
}

export interface PublishedResults {
  readonly angular: DictionaryFigures
  /** What everything is compared with, as it is pinned. */
  readonly versions: Readonly<Record<string, string>>
}

const BLOG = 'https://developer.chrome.com/blog/shared-dictionary-compression'

export function renderPublished({ date, machine, value }: Measured<PublishedResults>): string {
  const { raw, brotli, dcb, dcz, highest } = value.angular
  const saved = (bytes: number): string => `${bytes.toLocaleString('en-US')} B (−${percent(1 - bytes / raw)})`
  const angular = `${raw.toLocaleString('en-US')} B: brotli ${saved(brotli)}, dcb ${saved(dcb)}, dcz ${saved(dcz)}; with the deltas that \`delivery\` makes, at brotli's level 5. At its level 11 \`dcb\` has ${saved(highest)}`
  const rows = [
    [
      'Angular 1.8.3 with 1.7.9 as its dictionary is 98 % smaller than the file, with brotli alone about 70 %',
      BLOG,
      angular,
    ],
    ...CLAIMS.map(({ claim, source, reproduced }) => [claim, source, reproduced]),
  ]
  return `# What others have published

Made by \`npm run bench -- published --write\`; do not edit. ${date}, Node ${machine.node}.

${table(['published', 'source', 'here'], rows)}

Where a section names no version, what Paceline is compared with is the one that \`bench/package.json\` pins: ${Object.entries(
    value.versions,
  )
    .map(([name, version]) => `${name} ${version}`)
    .join(' · ')}.
`
}
