import type { Finding, FindingGroup } from './findings.ts'
import { configureHost, STATIC_HOSTS, type Host } from './hosts.ts'

const WHY: Readonly<Record<string, string>> = {
  'no answer': 'Visitors get nothing, or wait long for it.',
  status: 'Visitors do not get this file.',
  'header cache-control':
    'Kept too short, files are downloaded again though they did not change; too long, visitors stay with an old release.',
  'header content-type':
    'Browsers refuse scripts, styles and WebAssembly of another type, or show text with wrong letters.',
  'header x-content-type-options': 'Browsers may take a file for something else than it says.',
  'header vary': 'A cache in between may send one visitor what was encoded for another one.',
  'header use-as-dictionary':
    'Browsers offer no dictionary, and returning visitors download whole files in place of deltas.',
  header: 'The policy says it, and the site does not do it.',
  bytes:
    'These are the bytes of another release: the deploy is not complete, or a cache is stale. Pages and chunks that do not belong together break.',
  encoding: 'Visitors download more bytes than they have to.',
  format: 'Visitors download a larger picture than they have to.',
  revalidation: 'Visitors download again what they have already.',
  delta: 'Returning visitors download whole files in place of what changed.',
  'wrong delta': 'Chromium shows an error and does not ask again: the app stays blank.',
  'missing file':
    'A page comes in place of a missing script: the browser reports a wrong MIME type, caches keep it, and nothing can recover from it.',
  page: 'Who follows a link into the app, or reloads it, gets no app.',
  link: 'Browsers learn of scripts and styles only when they have read the page.',
  'speculation rules': 'Browsers load nothing ahead of the next page, or what an earlier release said.',
}

/** Savings that a host without negotiation cannot make. */
const SAVINGS: ReadonlySet<string> = new Set(['delta', 'encoding', 'format', 'link', 'speculation rules'])

/** Why a difference matters, and what to do about it on this host. */
export function explainFinding(finding: Finding, host: Host): Pick<FindingGroup, 'fix' | 'severity' | 'why'> {
  const { check, subject } = finding
  const why = WHY[`${check} ${subject}`] ?? WHY[check]!
  const isNote = SAVINGS.has(check) && STATIC_HOSTS.has(host)
  return { why, fix: fixOf(finding, host, isNote), severity: isNote ? 'note' : 'error' }
}

function fixOf({ check, subject }: Finding, host: Host, isNote: boolean): string {
  if (check === 'bytes' || check === 'status') {
    return 'Deploy the whole output of this build, then purge what `.paceline/delivery/purge/purge.txt` lists; or check against the manifest of the release that is live.'
  }
  if (check === 'no answer')
    return 'Look whether the server is up and not limiting requests; `--timeout` gives it more time.'
  if (isNote)
    return `${title(host)} cannot do this by itself. It can be had from \`paceline serve\`, nginx or a Worker of Cloudflare.`
  if (check === 'missing file' && host === 'cloudflare')
    return `Pages sends the shell for all that is missing. ${configureHost(host)}.`
  if (check === 'header' && subject === 'vary' && host === 'cloudflare')
    return 'Let the Worker send it; Cloudflare keeps answers apart by it only on some plans.'
  return `${configureHost(host)}.`
}

function title(host: Host): string {
  return host === 'github-pages' ? 'GitHub Pages' : host.charAt(0).toUpperCase() + host.slice(1)
}
