import pMap from 'p-map'
import { fileUrl } from '../links/route-links.ts'
import type { DeliveredFile, DeliveryManifest } from '../manifest.ts'
import { examineFile, type AskSite } from './examine-file.ts'
import { pathExaminations } from './examine-paths.ts'
import { explainFinding } from './explain.ts'
import { groupFindings, type Finding, type FindingGroup } from './findings.ts'
import { detectHost, type Host } from './hosts.ts'
import { ask as askWire, type Ask, type RawAnswer } from './raw-request.ts'

export interface DoctorOptions {
  readonly manifest: DeliveryManifest
  /** Address of the live site: of the page at its top. Where the base is relative, this says where it is mounted. */
  readonly url: string
  /** Files to look at, chosen so that every kind is among them. @default all */
  readonly sample?: number | undefined
  /** @default 6 */
  readonly concurrency?: number | undefined
  /** Milliseconds for one answer. @default 10_000 */
  readonly timeout?: number | undefined
  /** Milliseconds for all. @default 120_000 */
  readonly total?: number | undefined
  /** @default HTTP */
  readonly ask?: Ask | undefined
}

export interface DoctorReport {
  readonly schemaVersion: 1
  readonly url: string
  readonly release: string
  readonly host: Host
  /** `unreachable`: nothing could be told; `unfinished`: time was up, and what was looked at is right. */
  readonly verdict: 'differs' | 'holds' | 'unfinished' | 'unreachable'
  readonly files: number
  readonly requests: number
  readonly findings: readonly FindingGroup[]
  /** Why it is unreachable. */
  readonly problem?: string
}

/** Bytes that an answer may have beyond those of the file, before it counts as another one. */
const SLACK = 1_000_000

/** Looks at a live site as the manifest of its build describes it. Throws nothing. */
export async function runDoctor(options: DoctorOptions): Promise<DoctorReport> {
  const { url, concurrency = 6, total = 120_000 } = options
  const { origin, pathname } = new URL(url)
  const manifest = mountAt(options.manifest, pathname)
  const signal = AbortSignal.timeout(total)
  const files = sampleFiles(manifest.files, options.sample)
  const findings: Finding[] = []
  const request = requester(options, origin, signal)
  const base = { schemaVersion: 1, url, release: manifest.release } as const
  const first = await request
    .ask(fileUrl(manifest.base, ''))
    .catch((error: unknown) => String((error as Error).message || error))
  if (typeof first === 'string') {
    return {
      ...base,
      host: 'unknown',
      verdict: 'unreachable',
      files: 0,
      requests: request.count(),
      findings: [],
      problem: first,
    }
  }
  const host = detectHost(first.headers)
  const askSite: AskSite = async (path, headers) => {
    try {
      return await request.ask(path, headers)
    } catch (error) {
      // What was not asked for lack of time is unfinished, not wrong.
      if (!signal.aborted)
        findings.push({ check: 'no answer', path, expected: 'an answer', received: (error as Error).message })
      return undefined
    }
  }
  const examinations = [
    ...pathExaminations(manifest).map((examine) => () => examine(askSite)),
    ...files.map((file) => () => examineFile(manifest, file, askSite)),
  ]
  await pMap(examinations, async (examine) => void findings.push(...(signal.aborted ? [] : await examine())), {
    concurrency,
  })
  const groups = groupFindings(findings, (finding) => explainFinding(finding, host))
  const differs = groups.some(({ severity }) => severity === 'error')
  const verdict = differs ? 'differs' : signal.aborted ? 'unfinished' : 'holds'
  return { ...base, host, verdict, files: files.length, requests: request.count(), findings: groups }
}

/** A build with a relative base, whose manifest says `/`, may lie anywhere. */
function mountAt(manifest: DeliveryManifest, pathname: string): DeliveryManifest {
  const path = pathname.slice(0, pathname.lastIndexOf('/') + 1)
  if (manifest.base !== '/' || path === '/') return manifest
  const documents = manifest.documents.map((document) => ({ ...document, pattern: path + document.pattern.slice(1) }))
  return { ...manifest, base: path, documents }
}

function requester(
  { manifest, ask = askWire, timeout = 10_000 }: DoctorOptions,
  origin: string,
  signal: AbortSignal,
): { ask(path: string, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>; count(): number } {
  let requests = 0
  const mostBytes = Math.max(0, ...manifest.files.map(({ bytes }) => bytes)) + SLACK
  return {
    count: () => requests,
    ask: (path, headers = { accept: 'text/html' }) => {
      signal.throwIfAborted()
      requests++
      return ask(origin + path, { headers, signal, timeout, mostBytes })
    },
  }
}

/**
 * One of each kind first, by type, policy, and whether there are encodings, formats and deltas: those whose names stay before those with
 * hashes, as they are what goes stale. Then what is left, in order.
 */
export function sampleFiles(files: readonly DeliveredFile[], count: number | undefined): DeliveredFile[] {
  if (count === undefined || count >= files.length) return [...files]
  const kinds = Map.groupBy(files, (file) =>
    [
      file.type,
      file.policy,
      Boolean(file.archived),
      Boolean(file.encodings),
      Boolean(file.formats),
      Boolean(file.deltas),
    ].join(),
  )
  const first = [...kinds.values()].map(([file]) => file!).sort((a, b) => Number(a.hashed) - Number(b.hashed))
  const chosen = new Set([...first, ...files].slice(0, count))
  for (const file of files) if (chosen.size < count) chosen.add(file)
  return files.filter((file) => chosen.has(file))
}
