import picomatch from 'picomatch'
import { deliveryError } from '../errors.ts'
import { headerName, headerValue } from './header-value.ts'
import { mediaType } from './mime-type.ts'
import type { PolicyOverrides } from './policy-options.ts'

/** Headers by their lower-case names. */
export type Headers = Readonly<Record<string, string>>

/** What has to be known of a file to say how it may be cached. */
export interface PolicySubject {
  /** Relative to the output directory, with `/`. */
  readonly file: string
  /** Whether the name changes with the content. */
  readonly hashed: boolean
}

export interface PolicyOptions {
  /** By glob, later ones over earlier ones; see {@link PolicyOverrides}. */
  readonly overrides?: PolicyOverrides | undefined
  /** Whether pages of another origin load these files: an absolute `base`. */
  readonly crossOrigin?: boolean | undefined
}

export interface AssignedPolicies {
  /** By name, as the delivery manifest has it. Only those that a file has. */
  readonly policies: Readonly<Record<string, Headers>>
  /** Name of the policy of each file. */
  readonly names: ReadonlyMap<string, string>
}

/** The file that says what was released; a stale copy would hide a release. */
const RELEASES = 'paceline-releases.json'

/** Policies that the table has. */
export type PolicyName = 'document' | 'image' | 'immutable' | 'manifest' | 'public' | 'revalidate'

const NOSNIFF = { 'x-content-type-options': 'nosniff' }

/**
 * The one table: how long what may be kept. Whatever delivers a build is told by this, and by nothing else.
 *
 * `immutable` is what has another name when it changes. `no-cache` means "ask before you use it": a 304 costs one round trip and no bytes.
 */
const TABLE: Readonly<Record<PolicyName, Headers>> = {
  immutable: { 'cache-control': 'public, max-age=31536000, immutable', ...NOSNIFF },
  image: { 'cache-control': 'public, max-age=2592000', ...NOSNIFF },
  document: { 'cache-control': 'no-cache', ...NOSNIFF },
  // Scripts, styles and service workers under a name that stays: an old one beside a new page would be two releases in one.
  revalidate: { 'cache-control': 'no-cache', ...NOSNIFF },
  manifest: { 'cache-control': 'public, max-age=3600, must-revalidate', ...NOSNIFF },
  public: { 'cache-control': 'public, max-age=3600, must-revalidate', ...NOSNIFF },
}

/**
 * Says for each file of a build how it may be cached.
 *
 * @throws `PACELINE_DELIVERY_GLOB` for a glob that no file matches, `PACELINE_DELIVERY_HEADER` for a header that is none
 */
export function assignPolicies(
  files: readonly PolicySubject[],
  { overrides = {}, crossOrigin = false }: PolicyOptions = {},
): AssignedPolicies {
  const rules = Object.entries(overrides).map(([glob, headers]) => ({
    glob,
    matches: picomatch(glob, { dot: true }),
    headers: checked(glob, headers),
    used: false,
  }))
  const policies: Record<string, Headers> = {}
  const names = new Map<string, string>()
  for (const subject of files) {
    const base = basePolicy(subject)
    const applied = rules.filter((rule) => rule.matches(subject.file))
    const name = [base, ...applied.map(({ glob }) => glob)].join(' + ')
    for (const rule of applied) rule.used = true
    policies[name] ??= applied.reduce<Headers>((before, { headers }) => override(before, headers), {
      ...TABLE[base],
      // Module scripts and fonts are always asked for with CORS.
      ...(crossOrigin ? { 'access-control-allow-origin': '*' } : {}),
    })
    names.set(subject.file, name)
  }
  const unused = rules.filter(({ used }) => !used).map(({ glob }) => glob)
  if (unused.length > 0) throw deliveryError('PACELINE_DELIVERY_GLOB', [unused])
  return { policies, names }
}

function basePolicy({ file, hashed }: PolicySubject): PolicyName {
  if (file === RELEASES) return 'revalidate'
  const type = mediaType(file)
  // A page is asked for by its address, which stays.
  if (type === 'text/html') return 'document'
  if (hashed) return 'immutable'
  if (type.startsWith('image/')) return 'image'
  if (type === 'application/manifest+json') return 'manifest'
  return /javascript$|^text\/css$|^application\/wasm$/.test(type) ? 'revalidate' : 'public'
}

type CheckedHeaders = Readonly<Record<string, string | false>> | false

function checked(glob: string, headers: PolicyOverrides[string]): CheckedHeaders {
  if (headers === false) return false
  const subject = (name: string): string => `delivery.policy.${glob}.${name}`
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      headerName(name, subject(name)),
      value === false ? false : headerValue(value, subject(name)),
    ]),
  )
}

function override(before: Headers, headers: CheckedHeaders): Headers {
  if (headers === false) return {}
  const merged = { ...before, ...headers }
  return Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== false))
}
