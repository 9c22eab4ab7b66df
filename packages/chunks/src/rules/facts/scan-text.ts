import { findDataUrls } from './data-urls.ts'
import { helperTexts, supports } from './legacy-features.ts'
import { readsNodeEnv } from './syntax.ts'
import type { TextFact } from './rule-facts.ts'

/** What to look for: only what a rule that is on asks for. */
export interface ScanRequest {
  readonly nodeEnv: boolean
  /** The bundler's own parser, for the files of which a text alone does not tell. */
  readonly parse: (code: string) => unknown
  readonly legacy: boolean
  readonly dataUrls: boolean
  readonly targets: readonly string[]
  /** `data:` URLs shorter than this are no news. Characters. */
  readonly dataUrlAbove: number
}

/** A text and where it comes from. */
export interface EmittedText {
  readonly file: string
  readonly code: string
  /** Id → code before minification, of each module in the file; asked for only when something was found. */
  modules(): Iterable<readonly [string, string]>
}

interface Hit {
  readonly kind: TextFact['kind']
  readonly detail: string
  readonly raw: number
  /** A text that module and file have in common. */
  readonly mark: string
}

/**
 * Looks through an emitted file. Cheap where nothing is found, which is nearly everywhere: modules are only asked once
 * the file has said yes.
 */
export function scanText(text: EmittedText, request: ScanRequest): TextFact[] {
  const hits = findHits(text.code, request)
  if (hits.length === 0) return []
  const modules = [...text.modules()]
  return hits.flatMap(({ kind, detail, raw, mark }): TextFact[] => {
    const owners = modules.filter(([, code]) => code.includes(mark)).map(([id]) => id)
    const places: (string | undefined)[] = owners.length > 0 ? owners : [undefined]
    return places.map((module) => ({
      kind,
      file: text.file,
      ...(module === undefined ? {} : { module }),
      detail,
      raw,
    }))
  })
}

function findHits(code: string, { nodeEnv, parse, legacy, dataUrls, targets, dataUrlAbove }: ScanRequest): Hit[] {
  const hits: Hit[] = []
  // The same text in quotes asks for nothing.
  if (nodeEnv && code.includes('process.env.NODE_ENV') && readsNodeEnv(parse(code))) {
    hits.push({ kind: 'node-env', detail: 'process.env.NODE_ENV', raw: 0, mark: 'process.env.NODE_ENV' })
  }
  if (legacy) {
    for (const { text, feature } of helperTexts) {
      if (!supports(targets, feature) || !code.includes(text)) continue
      hits.push({ kind: 'legacy', detail: feature.name, raw: 0, mark: text })
    }
  }
  if (dataUrls && code.includes('data:')) {
    for (const { type, text } of findDataUrls(code)) {
      if (text.length <= dataUrlAbove) continue
      // Its middle: minifiers change quotes and escapes at the ends.
      hits.push({ kind: 'data-url', detail: type, raw: text.length, mark: middleOf(text) })
    }
  }
  return hits
}

function middleOf(text: string): string {
  const half = Math.floor(text.length / 2)
  return text.slice(Math.max(half - 40, 0), half + 40)
}
