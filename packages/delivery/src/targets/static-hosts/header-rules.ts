import { deliveryError } from '../../errors.ts'
import { fileUrl } from '../../links/route-links.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import type { Headers } from '../../policy/assign-policies.ts'
import { fileDirectories, isFixed } from '../../policy/resolve-path.ts'

/** A rule of a `_headers` file. */
export interface HeaderRule {
  /** A path, with `*` for anything and `:name` for a segment. */
  readonly path: string
  readonly headers: Headers
}

/** Of Cloudflare (https://developers.cloudflare.com/pages/configuration/headers/); Netlify publishes none. */
const MOST_RULES = 100
export const LONGEST_LINE = 2000

/** What these hosts find out by themselves, better than a rule could: what they encode, and in what. */
const OF_THE_HOST: ReadonlySet<string> = new Set(['vary', 'content-type'])

/** Types that hosts are known to take for something else. */
const UNCERTAIN = /\.(?:avif|jxl|wasm|webmanifest|mjs|speculationrules)$/

/** Headers of a file that rules have to say. */
export function wantedHeaders(manifest: DeliveryManifest, file: DeliveryManifest['files'][number]): Headers {
  return { ...policyHeaders(manifest, file), ...(UNCERTAIN.test(file.file) ? { 'content-type': file.type } : {}) }
}

function policyHeaders(manifest: DeliveryManifest, file: DeliveryManifest['files'][number]): Headers {
  const policy = manifest.policies[file.policy] ?? {}
  return Object.fromEntries(Object.entries(policy).filter(([name]) => !OF_THE_HOST.has(name)))
}

/** Types by ending: they are said beside what other rules say, and of pages there are none with such an ending. */
function typeRules({ base, files }: DeliveryManifest): HeaderRule[] {
  const types = new Map(
    files.flatMap(({ file, type }) => {
      const ending = UNCERTAIN.exec(file)?.[0]
      return ending === undefined ? [] : [[ending, type] as const]
    }),
  )
  return [...types].map(([ending, type]) => ({
    path: `${base.replace(/\/*$/, '')}/*${ending}`,
    headers: { 'content-type': type },
  }))
}

/**
 * Rules so that every file has the headers that the table says, and no header twice: hosts join what two rules say of one header. As long as
 * they fit there is a rule for each file, which no other address can meet; else one for each directory that holds nothing but files.
 *
 * @param taken rules that the user has already
 * @throws `PACELINE_DELIVERY_LIMIT` when even those are too many
 */
export function headerRules(manifest: DeliveryManifest, taken: number): HeaderRule[] {
  const wanted = new Map(
    manifest.files.map((file) => [fileUrl(manifest.base, file.file), policyHeaders(manifest, file)] as const),
  )
  for (const { pattern, file } of manifest.documents) {
    const page = manifest.files.find((one) => one.file === file)
    if (page && isFixed(pattern)) wanted.set(encodeURI(pattern), policyHeaders(manifest, page))
  }
  const common = commonHeaders([...wanted.values()])
  const rest = new Map([...wanted].map(([path, headers]) => [path, without(headers, common)]))
  const everywhere: HeaderRule[] = [
    ...(Object.keys(common).length === 0 ? [] : [{ path: `${manifest.base.replace(/\/*$/, '')}/*`, headers: common }]),
    ...typeRules(manifest),
  ]
  const room = MOST_RULES - taken - everywhere.length
  let rules = fileRules(rest)
  if (rules.length > room) rules = directoryRules(rest, fileDirectories(manifest), manifest)
  if (rules.length > room)
    throw deliveryError('PACELINE_DELIVERY_LIMIT', ['_headers', rules.length + everywhere.length + taken, MOST_RULES])
  const links = linkRules(manifest).slice(0, room - rules.length)
  return mergePaths([...everywhere, ...rules, ...links])
}

function fileRules(wanted: ReadonlyMap<string, Headers>): HeaderRule[] {
  return [...wanted]
    .filter(([, headers]) => Object.keys(headers).length > 0)
    .map(([path, headers]) => ({ path, headers }))
}

/** A rule for each directory whose files all want the same, and for as long a beginning of names as it takes where they do not. */
function directoryRules(
  wanted: ReadonlyMap<string, Headers>,
  directories: readonly string[],
  { documents }: DeliveryManifest,
): HeaderRule[] {
  const rules: HeaderRule[] = []
  const left = new Map(wanted)
  const patterns = documents.map(({ pattern }) => pattern)
  for (const directory of directories.map((one) => encodeURI(one))) {
    const bare = directory.slice(0, -1)
    const inside = [...wanted].filter(([path]) => path.startsWith(directory))
    // Netlify takes the slash before a lone `*` for optional: a page or a file beside the directory that begins like it would get its headers.
    const isAlone = ![...wanted.keys(), ...patterns].some(
      (path) => path.startsWith(bare) && !path.startsWith(directory),
    )
    rules.push(...(isAlone ? cover(inside, directory) : coverLonger(inside, directory)))
    for (const [path] of inside) left.delete(path)
  }
  return [...fileRules(left), ...rules]
}

function cover(files: readonly (readonly [string, Headers])[], start: string): HeaderRule[] {
  const [first] = files
  if (!first) return []
  const same = files.every(([, headers]) => JSON.stringify(headers) === JSON.stringify(first[1]))
  if (same) {
    if (Object.keys(first[1]).length === 0) return []
    return [files.length === 1 ? { path: first[0], headers: first[1] } : { path: `${start}*`, headers: first[1] }]
  }
  return coverLonger(files, start)
}

function coverLonger(files: readonly (readonly [string, Headers])[], start: string): HeaderRule[] {
  const whole = files.filter(([path]) => path === start)
  const next = Map.groupBy(
    files.filter(([path]) => path !== start),
    ([path]) => path.slice(0, start.length + 1),
  )
  // A name that is the beginning of others has a rule without `*`, which they do not meet.
  return [...fileRules(new Map(whole)), ...[...next].flatMap(([longer, group]) => cover(group, longer))]
}

/**
 * What pages load first, and what is likely to be next. An open pattern that another page fits, too, says nothing: its visitors would get both. Nor does one for all that is
 * left.
 */
function linkRules({ documents, base }: DeliveryManifest): HeaderRule[] {
  const closed = documents.filter(({ pattern }) => !pattern.includes('*'))
  return closed.flatMap(({ pattern, links, speculationRules }): HeaderRule[] => {
    const isUsable = isFixed(pattern) || /^(?:\/:[a-z]\w*|\/[^/:?]*)+$/i.test(pattern)
    const isAlone = closed.every((other) => other.pattern === pattern || !overlaps(pattern, other.pattern))
    if (!isUsable || (!isFixed(pattern) && !isAlone)) return []
    const link = fitting(links)
    const headers = {
      ...(link === '' ? {} : { link }),
      ...(speculationRules === undefined ? {} : { 'speculation-rules': `"${fileUrl(base, speculationRules)}"` }),
    }
    if (Object.keys(headers).length === 0) return []
    return [{ path: isFixed(pattern) ? encodeURI(pattern) : pattern, headers }]
  })
}

/** As many links as a line takes. */
function fitting(links: readonly string[]): string {
  let text = ''
  for (const link of links) {
    const longer = text === '' ? link : `${text}, ${link}`
    if (longer.length + 'link: '.length + 4 > LONGEST_LINE) break
    text = longer
  }
  return text
}

/** Whether one path can fit both patterns. */
export function overlaps(a: string, b: string): boolean {
  const first = a.split('/').filter(Boolean)
  const second = b.split('/').filter(Boolean)
  for (let index = 0; index < Math.max(first.length, second.length); index++) {
    const [one, other] = [first[index], second[index]]
    if (one === '*' || other === '*') return true
    if (one?.endsWith('?') || other?.endsWith('?')) return true
    if (one === undefined || other === undefined) return false
    if (!one.startsWith(':') && !other.startsWith(':') && one !== other) return false
  }
  return true
}

function commonHeaders(all: readonly Headers[]): Headers {
  const [first = {}] = all
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => all.every((one) => one[name] === value)))
}

function without(headers: Headers, taken: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !(name in taken)))
}

function mergePaths(rules: readonly HeaderRule[]): HeaderRule[] {
  const merged = new Map<string, Headers>()
  for (const { path, headers } of rules) merged.set(path, { ...merged.get(path), ...headers })
  return [...merged].map(([path, headers]) => ({ path, headers }))
}
