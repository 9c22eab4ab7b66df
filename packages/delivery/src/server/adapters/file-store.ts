import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FixedHeaders } from '../answer/file-answer.ts'
import { prepareAsset, type Asset, type Representation } from '../site/representation.ts'
import { createBodyCache, type BodyCache, type CachedBody } from './body-cache.ts'
import { fingerprintOf, openInside, type OpenFile } from './open-inside.ts'
import { contentHash, isAsPromised, type Expected } from './verify-form.ts'

/** A form as it lies on disk, looked at not long ago. */
export interface StoredForm extends CachedBody {
  readonly form: Representation
  fixed: FixedHeaders | undefined
  /** When it was looked at last, milliseconds. */
  checkedAt: number
  /** Of the file that was found right; empty when there is none. */
  fingerprint: string
  /** Milliseconds, whole seconds. */
  lastModified: number
}

/** A file as it lies on disk. */
export interface StoredAsset {
  readonly declared: Asset
  /** What is sent: as declared; or, when somebody changed the file afterwards, what there is now; or nothing. */
  asset: Asset | undefined
  identity: StoredForm
  readonly forms: Map<Representation, StoredForm>
  /** What was chosen last for a value of `Accept-Encoding`; holds until the disk is looked at again. */
  latest: Choice | undefined
}

export interface Choice {
  readonly asset: Asset
  readonly acceptEncoding: string | undefined
  readonly form: StoredForm
}

export interface FileStoreOptions {
  /** Real path of the output directory. */
  readonly root: string
  /** Bytes of content that may be kept in memory. */
  readonly memory: number
  /** Milliseconds for which a look at the disk counts. */
  readonly recheck: number
  /** Told of each file that is not as declared, once. */
  readonly warn: (message: string) => void
}

/** Files of a site on disk, verified before they are sent, and again when they change. */
export interface FileStore {
  stored(asset: Asset): StoredAsset
  /** Whether a look at the disk is due before this is sent. */
  isDue(form: StoredForm, now: number): boolean
  /** Looks at a file. Afterwards `asset` says what to send. */
  check(stored: StoredAsset, now: number): Promise<void>
  /** Looks at one other form. @returns whether it may be sent */
  checkForm(stored: StoredAsset, form: Representation, now: number): Promise<boolean>
  /** Opens a form that is not in memory. @returns nothing when it is not what was verified; look again */
  open(form: StoredForm): Promise<OpenFile | undefined>
  formOf(stored: StoredAsset, form: Representation): StoredForm
}

export function createFileStore({ root, memory, recheck, warn }: FileStoreOptions): FileStore {
  const bodies = createBodyCache(memory)
  const all = new Map<Asset, StoredAsset>()
  /** Checks under way: of many requests for one file, one looks. */
  const checks = new Map<StoredForm, Promise<void>>()

  const formOf = (stored: StoredAsset, form: Representation): StoredForm => {
    const known = stored.forms.get(form) ?? emptyForm(form)
    stored.forms.set(form, known)
    return known
  }
  const once = async (form: StoredForm, look: () => Promise<void>): Promise<void> => {
    const running = checks.get(form) ?? look().finally(() => checks.delete(form))
    checks.set(form, running)
    await running
  }
  const replace = (stored: StoredAsset, asset: Asset | undefined): void => {
    for (const form of stored.forms.values()) bodies.drop(form)
    stored.forms.clear()
    stored.latest = undefined
    stored.asset = asset
    stored.identity = emptyForm(asset?.identity ?? stored.declared.identity)
    stored.forms.set(stored.identity.form, stored.identity)
  }
  /** Reads into memory again what was pushed out and has been asked for since. */
  const takeBack = async (form: StoredForm): Promise<void> => {
    if (form.body || !form.isUsed || !bodies.fits(form.form.bytes)) return
    const opened = await openInside(root, form.form.file)
    try {
      if (opened?.fingerprint === form.fingerprint) await remember(bodies, form, opened)
    } finally {
      await opened?.handle.close()
    }
  }
  const lookAtIdentity = async (stored: StoredAsset, now: number): Promise<void> => {
    const file = stored.declared.identity.file
    if (stored.asset && (await isUnchanged(root, stored.identity))) {
      await takeBack(stored.identity)
      stored.identity.checkedAt = now
      return
    }
    const opened = await openInside(root, file)
    try {
      replace(stored, opened && (await assetNow(stored.declared, opened)))
      if (!opened) warn(`\`${file}\` is in the manifest and not in the directory; answered with 404.`)
      else if (stored.asset === stored.declared) await remember(bodies, stored.identity, opened)
      else {
        warn(`\`${file}\` is not what was built; sent as it is, uncompressed, and not to be cached.`)
        await remember(bodies, stored.identity, opened)
      }
    } finally {
      await opened?.handle.close()
    }
    stored.identity.checkedAt = now
  }
  const lookAtForm = async (stored: StoredAsset, form: StoredForm, now: number): Promise<void> => {
    form.checkedAt = now
    if (form.fingerprint !== '' && (await isUnchanged(root, form))) return takeBack(form)
    bodies.drop(form)
    form.fingerprint = ''
    const opened = await openInside(root, form.form.file)
    try {
      const isRight = opened !== undefined && (await isForm(opened, form.form, stored.declared.file))
      if (isRight) await remember(bodies, form, opened)
      else warn(`\`${form.form.file}\` is not what was built; another form of the file is sent.`)
    } finally {
      await opened?.handle.close()
    }
  }

  return {
    stored(asset) {
      const known = all.get(asset)
      if (known) return known
      const identity = emptyForm(asset.identity)
      const made = { declared: asset, asset, identity, forms: new Map([[asset.identity, identity]]), latest: undefined }
      all.set(asset, made)
      return made
    },
    formOf,
    isDue: (form, now) => now - form.checkedAt >= recheck,
    async check(stored, now) {
      await once(stored.identity, () => lookAtIdentity(stored, now))
    },
    async checkForm(stored, form, now) {
      const known = formOf(stored, form)
      await once(known, () => lookAtForm(stored, known, now))
      return known.fingerprint !== ''
    },
    async open(form) {
      const opened = await openInside(root, form.form.file)
      if (!opened || opened.fingerprint === form.fingerprint) return opened
      await opened.handle.close()
      return undefined
    },
  }
}

function emptyForm(form: Representation): StoredForm {
  return {
    form,
    body: undefined,
    fixed: undefined,
    isUsed: false,
    checkedAt: -Infinity,
    fingerprint: '',
    lastModified: 0,
  }
}

async function isUnchanged(root: string, { form, fingerprint }: StoredForm): Promise<boolean> {
  if (fingerprint === '') return false
  const stats = await stat(join(root, form.file)).catch(() => undefined)
  return stats !== undefined && fingerprintOf(stats) === fingerprint
}

async function assetNow(declared: Asset, { handle, stats }: OpenFile): Promise<Asset> {
  const sha256 = await contentHash(handle)
  if (sha256 === declared.file.sha256) return declared
  const { file, type, dictionaryFor: _, deltas: __, encodings: ___, formats: ____, ...rest } = declared.file
  const changed = { ...rest, file, type, bytes: stats.size, sha256, policy: 'changed' }
  const policies = { changed: { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' } }
  return prepareAsset(changed, { policies })
}

async function isForm({ handle, stats }: OpenFile, form: Representation, expected: Expected): Promise<boolean> {
  return stats.size === form.bytes && (await isAsPromised(handle, form, expected))
}

async function remember(bodies: BodyCache, form: StoredForm, { handle, stats, fingerprint }: OpenFile): Promise<void> {
  const body = bodies.fits(stats.size) ? await readWhole(handle, stats.size) : undefined
  // Somebody may have written into it while it was looked at; then the next request looks again.
  if (fingerprintOf(await handle.stat()) !== fingerprint) return
  form.fingerprint = fingerprint
  form.lastModified = Math.floor(stats.mtimeMs / 1000) * 1000
  if (body) bodies.keep(form, body)
}

async function readWhole(handle: OpenFile['handle'], size: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size), position: 0 })
  return bytesRead === size ? buffer : undefined
}
