import type { FileStore, StoredAsset, StoredForm } from '../adapters/file-store.ts'
import type { OpenFile } from '../adapters/open-inside.ts'
import { chooseRepresentation, selectContent, type Selection } from '../negotiate/negotiate.ts'
import { headerOf, type RequestHeaders } from '../negotiate/request-headers.ts'
import { isNavigation } from '../site/navigation.ts'
import type { Asset } from '../site/representation.ts'
import { requestPath } from '../site/request-path.ts'
import { findTarget, type Site, type Target } from '../site/site.ts'
import { plainAnswer, redirectAnswer, type Answer } from './answer.ts'
import { fileAnswer } from './file-answer.ts'

/** What is asked. */
export interface Question {
  readonly method: string
  /** Target of the request as it was sent, with the base. */
  readonly url: string
  readonly headers: RequestHeaders
  /** Whether only paths of files count: pages come later, after what else there is. */
  readonly filesOnly?: boolean
}

/** Nothing: the question is not for this site, somebody else may answer it. */
export type Responder = (question: Question) => Answer | undefined | Promise<Answer | undefined>

export interface ResponderOptions {
  readonly site: Site
  readonly store: FileStore
  readonly now: () => number
  /** Whether answers say where they came from. */
  readonly serverTiming: boolean
}

/** A file that keeps changing while it is read is given up after so many looks. */
const MOST_LOOKS = 3
const ALLOW = ['allow', 'GET, HEAD, OPTIONS']

/** Answers questions about a site. What is in memory is answered at once, without a promise. */
export function createResponder({ site, store, now, serverTiming }: ResponderOptions): Responder {
  const stored = new Map(site.assets.map((asset) => [asset, store.stored(asset)]))
  const fromMemory = serverTiming ? 'memory' : undefined

  /** Of what was looked at lately and is in memory; nothing when the disk has to be asked. */
  const quickAnswer = (question: Question, target: Target, file: StoredAsset): Answer | undefined => {
    const { method, headers } = question
    const { asset } = file
    const time = now()
    if (asset === undefined || store.isDue(file.identity, time)) return undefined
    const form = quickForm(headers, file, asset, time)
    if (form === undefined || store.isDue(form, time) || form.fingerprint === '') return undefined
    const selection = selectionOf(question, target, form)
    if (form.body === undefined && needsBytes(method, selection)) return undefined
    form.isUsed = true
    return fileAnswer({ method, target, form, asset, selection, timing: fromMemory })
  }

  /** The form that a request gets, without a look at the disk. */
  const quickForm = (
    headers: RequestHeaders,
    file: StoredAsset,
    asset: Asset,
    time: number,
  ): StoredForm | undefined => {
    const acceptEncoding = headerOf(headers, 'accept-encoding')
    const { latest } = file
    const isPlain = asset.formats.length === 0 && headers['available-dictionary'] === undefined
    if (isPlain && latest?.asset === asset && latest.acceptEncoding === acceptEncoding) return latest.form
    const chosen = chooseRepresentation(headers, asset, (form) => isGood(store, file, form, time))
    if (chosen === undefined) return undefined
    const form = chosen === asset.identity ? file.identity : store.formOf(file, chosen)
    if (isPlain) file.latest = { asset, acceptEncoding, form }
    return form
  }

  const slowAnswer = async (question: Question, target: Target, file: StoredAsset): Promise<Answer> => {
    const { method } = question
    const started = performance.now()
    file.latest = undefined
    for (let look = 0; look < MOST_LOOKS; look++) {
      const form = await freshForm(question, file, { store, now, isForced: look > 0 })
      if (form === 'gone') return missing(question, target)
      if (form === 'refused') return plainAnswer(406, method, varyHeader(file))
      const selection = selectionOf(question, target, form)
      let opened: OpenFile | undefined
      if (form.body === undefined && needsBytes(method, selection)) {
        opened = await store.open(form)
        if (!opened) continue
        form.isUsed = true
      }
      const timing = serverTiming ? { timing: `disk;dur=${(performance.now() - started).toFixed(1)}` } : {}
      const asset = file.asset ?? file.declared
      return fileAnswer({ method, target, form, asset, selection, ...(opened ? { opened } : {}), ...timing })
    }
    return plainAnswer(503, method, ['retry-after', '1'])
  }

  const answerTarget = (question: Question, target: Target): Answer | Promise<Answer> => {
    const file = stored.get(target.asset)!
    return quickAnswer(question, target, file) ?? slowAnswer(question, target, file)
  }

  const missing = (question: Question, tried?: Target): Answer | Promise<Answer> => {
    const page = site.notFound
    if (page === undefined || page === tried || !isNavigation(question.headers))
      return plainAnswer(404, question.method)
    return answerTarget(question, page)
  }

  return (question) => {
    const { method, url } = question
    if (url === '*' && method === 'OPTIONS') return { status: 204, headers: ALLOW }
    const exact = isReading(method) ? site.byUrl.get(url) : undefined
    if (exact) return answerTarget(question, exact)
    const read = requestPath(url)
    if ('status' in read) return plainAnswer(read.status, method)
    const found = findTarget(site, read.path, question.headers)
    if (found === 'foreign' || (question.filesOnly && !site.byPath.has(read.path))) return undefined
    if (found === 'missing') return missing(question)
    if (isReading(method))
      return 'redirect' in found ? redirectAnswer(found.redirect + read.search) : answerTarget(question, found)
    if (!('asset' in found) || !site.byPath.has(read.path)) return undefined
    return method === 'OPTIONS' ? { status: 204, headers: ALLOW } : plainAnswer(405, method, ALLOW)
  }
}

/** The answer when nobody else has one: the page for this, or a line of text. */
export function lastAnswer(site: Site, respond: Responder, question: Question): Answer | Promise<Answer> {
  const isRead = isReading(question.method)
  const page = site.notFound
  if (!isRead || page === undefined || !isNavigation(question.headers)) return plainAnswer(404, question.method)
  const answer = respond({ ...question, url: site.base + page.asset.file.file })
  const as404 = (found: Answer | undefined): Answer =>
    found ? { ...found, status: 404 } : plainAnswer(404, question.method)
  return answer instanceof Promise ? answer.then(as404) : as404(answer)
}

interface Fresh {
  readonly store: FileStore
  readonly now: () => number
  /** Whether what was seen a moment ago does not count. */
  readonly isForced: boolean
}

async function freshForm(
  { headers }: Question,
  file: StoredAsset,
  { store, now, isForced }: Fresh,
): Promise<StoredForm | 'gone' | 'refused'> {
  if (isForced || store.isDue(file.identity, now())) await store.check(file, now())
  const bad = new Set<StoredForm['form']>()
  for (;;) {
    const { asset } = file
    if (asset === undefined) return 'gone'
    const isUsable = (form: StoredForm['form']): boolean => !bad.has(form) && isGood(store, file, form, now())
    const chosen = chooseRepresentation(headers, asset, isUsable)
    if (chosen === undefined) return 'refused'
    if (chosen === asset.identity) return file.identity
    const form = store.formOf(file, chosen)
    if (!isForced && !store.isDue(form, now()) && form.fingerprint !== '') return form
    if (await store.checkForm(file, chosen, now())) return form
    bad.add(chosen)
  }
}

/** Whether a form may be chosen: it is right, or nobody has looked lately. */
function isGood(store: FileStore, file: StoredAsset, form: StoredForm['form'], time: number): boolean {
  const known = file.forms.get(form)
  return known === undefined || known.fingerprint !== '' || store.isDue(known, time)
}

function selectionOf({ method, headers }: Question, target: Target, form: StoredForm): Selection {
  return target.status === 200 ? selectContent(method, headers, form.form, form.lastModified) : { status: 200 }
}

function needsBytes(method: string, { status }: Selection): boolean {
  return method !== 'HEAD' && (status === 200 || status === 206)
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function varyHeader({ declared }: StoredAsset): string[] {
  const at = declared.sharedHeaders.indexOf('vary')
  return at === -1 ? [] : ['vary', declared.sharedHeaders[at + 1]!]
}
