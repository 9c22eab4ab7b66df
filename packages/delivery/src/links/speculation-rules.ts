import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { deliveryError } from '../errors.ts'
import type { NameStem } from '../archive/release-record.ts'
import type { DeliveredDocument } from '../manifest.ts'
import { matchesPattern } from './path-pattern.ts'

/** Which pages are likely to be next, for browsers that load them ahead (Speculation Rules, Chromium). */
export interface SpeculationOptions {
  /**
   * Addresses that are likely to be next, by the pattern of the page that they are reached from. Only for navigations that load a document:
   * routes inside a single-page app load none.
   *
   * @example { '/': ['/pricing', '/docs/'] }
   */
  readonly next: Readonly<Record<string, readonly string[]>>
  /**
   * What is done ahead: the document alone, or the whole page. A page that is rendered ahead runs its scripts, and counts as a visit where they
   * do not look at `document.prerendering`.
   *
   * @default 'prefetch'
   */
  readonly action?: 'prefetch' | 'prerender' | undefined
  /**
   * When: as soon as the page is there, or when the pointer comes near a link.
   *
   * @default 'moderate'
   */
  readonly eagerness?: 'conservative' | 'eager' | 'immediate' | 'moderate' | undefined
}

/** A path that stays on this site: `//` would be another one. */
const path = v.pipe(v.string(), v.regex(/^\/(?!\/)\S*$/, 'must be a path that begins with one slash.'))

/** Of the option `speculation`. */
export const speculationSchema: v.GenericSchema<unknown, SpeculationOptions> = v.strictObject({
  next: v.record(v.string(), v.pipe(v.array(path), v.minLength(1, 'names no page.'))),
  action: v.optional(v.picklist(['prefetch', 'prerender'])),
  eagerness: v.optional(v.picklist(['conservative', 'eager', 'immediate', 'moderate'])),
}) as v.GenericSchema<unknown, SpeculationOptions>

/** How files with rules are called. */
export const SPECULATION_STEM: NameStem = { prefix: 'speculation-', suffix: '.speculationrules' }

/** Whether a file of the output has rules that were made here, or is a compressed form of one. */
export function isSpeculationFile(file: string): boolean {
  return /^speculation-[\da-f]{12}\.speculationrules(?:\.\w+)?$/.test(file)
}

export interface SpeculationFiles {
  /** To be written into the output, and hashed: their names change with their contents. */
  readonly files: readonly { readonly file: string; readonly content: string }[]
  /** The documents, with the files of those that have rules. */
  readonly documents: readonly DeliveredDocument[]
}

/**
 * Makes the files that `Speculation-Rules` headers point to, one for each set of rules.
 *
 * @throws `PACELINE_DELIVERY_SPECULATION` for a page that there is none of
 */
export function speculationRules(
  documents: readonly DeliveredDocument[],
  { next, action = 'prefetch', eagerness = 'moderate' }: SpeculationOptions,
): SpeculationFiles {
  const patterns = documents.map(({ pattern }) => pattern)
  for (const [from, targets] of Object.entries(next)) {
    if (!patterns.includes(from)) throw deliveryError('PACELINE_DELIVERY_SPECULATION', [from, patterns])
    const lost = targets.find((target) => !patterns.some((pattern) => matchesPattern(pattern, pathOf(target))))
    if (lost !== undefined) throw deliveryError('PACELINE_DELIVERY_SPECULATION', [lost, patterns])
  }
  const files = new Map<string, string>()
  const withRules = documents.map((document): DeliveredDocument => {
    const targets = next[document.pattern]
    if (targets === undefined) return document
    const content = `${JSON.stringify({ [action]: [{ source: 'list', urls: targets, eagerness }] })}\n`
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
    const file = SPECULATION_STEM.prefix + hash + SPECULATION_STEM.suffix
    files.set(file, content)
    return { ...document, speculationRules: file }
  })
  return { files: [...files].map(([file, content]) => ({ file, content })), documents: withRules }
}

function pathOf(url: string): string {
  return url.replace(/[?#].*$/, '')
}
