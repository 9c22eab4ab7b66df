import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createResponder, lastAnswer, type Question, type Responder } from '../answer/responder.ts'
import type { Answer } from '../answer/answer.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { prepareSite, type Site } from '../site/site.ts'
import { coarseNow } from './coarse-clock.ts'
import { createFileStore } from './file-store.ts'
import { fingerprintOf } from './open-inside.ts'

/** How a site is served. */
export interface SiteOptions {
  /** The output directory. */
  readonly dir: string
  /** Bytes of content that are kept in memory. @default 64 MB */
  readonly memory?: number | undefined
  /** Milliseconds for which a look at the disk counts; a change is seen after that. @default 1000 */
  readonly recheck?: number | undefined
  /** Whether answers say with `Server-Timing` where they came from. @default true */
  readonly serverTiming?: boolean | undefined
  /** Told of files that are not as the manifest says, each once. @default nothing happens */
  readonly warn?: ((message: string) => void) | undefined
}

/** Where manifests come from, again after each deploy. */
export interface ManifestSource {
  /** The file whose change says that there is a new release. Absent: the manifest stays. */
  readonly watched?: string
  read(): Promise<DeliveryManifest>
}

/** A site that follows its directory. */
export interface LiveSite {
  /** @returns nothing when the question is for somebody else */
  readonly answer: Responder
  /** The answer when there is nobody else. */
  readonly last: (question: Question) => Answer | Promise<Answer>
}

export const DEFAULT_MEMORY = 64_000_000
const DEFAULT_RECHECK = 1000

interface Current {
  readonly site: Site
  readonly respond: Responder
}

/** Opens a site. A release that is deployed into the directory while it is served replaces it as a whole, with the next request. */
export async function openSite(source: ManifestSource, options: SiteOptions): Promise<LiveSite> {
  const { memory = DEFAULT_MEMORY, recheck = DEFAULT_RECHECK, serverTiming = true } = options
  const told = new Set<string>()
  const warn = (message: string): void => {
    if (!told.has(message)) options.warn?.(message)
    told.add(message)
  }
  const open = async (): Promise<Current> => {
    const site = prepareSite(await source.read())
    const store = createFileStore({ root: await realpath(options.dir), memory, recheck, warn })
    return { site, respond: createResponder({ site, store, now: coarseNow, serverTiming }) }
  }
  let seen = await look(source)
  let current = await open()
  let lookedAt = coarseNow()
  let reopening: Promise<void> | undefined

  const reopen = async (): Promise<void> => {
    const now = await look(source)
    if (now === seen || now === undefined) return
    try {
      current = await open()
      seen = now
      told.clear()
    } catch (error) {
      // Somebody is in the middle of writing it, or it is broken: what is there is served on.
      warn(error instanceof Error ? error.message : String(error))
    }
  }
  return {
    answer(question) {
      if (source.watched === undefined) return current.respond(question)
      const now = coarseNow()
      if (now - lookedAt < recheck) return current.respond(question)
      lookedAt = now
      reopening ??= reopen().finally(() => (reopening = undefined))
      return reopening.then(() => current.respond(question))
    },
    last: (question) => lastAnswer(current.site, current.respond, question),
  }
}

async function look({ watched }: ManifestSource): Promise<string | undefined> {
  if (watched === undefined) return undefined
  const stats = await stat(watched).catch(() => undefined)
  return stats && fingerprintOf(stats)
}

/** A directory without a manifest changes with its page. */
export function pageOf(dir: string): string {
  return join(dir, 'index.html')
}
