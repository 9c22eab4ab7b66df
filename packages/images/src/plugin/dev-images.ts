import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename, extname } from 'node:path'
import type { Artifacts } from '@paceline/artifact-cache'
import { bytesOf } from '../encode/bytes-of.ts'
import { imageFormats, type RasterFormat } from '../encode/image-format.ts'
import { makeFile } from '../encode/make-image-set.ts'
import { planWithin, type PlannedVariant } from '../encode/plan-within.ts'
import { variantRecipe } from '../encode/variant-recipe.ts'
import type { AppPicture } from '../image-library.ts'
import type { Replacement } from '../replacement.ts'
import type { ResolvedImagesOptions } from '../resolve-options.ts'
import { etagOf } from './etag-of.ts'

/** Where the dev server answers for variants, below `base`. */
const PREFIX = '@paceline/images/'

interface Offered extends PlannedVariant {
  readonly picture: AppPicture
}

/**
 * Variants in the dev server: each is made once, when it is first asked for, and until it is there the original is served in its place, so that
 * no paint waits for an encoder.
 */
export class DevImages {
  readonly #offered = new Map<string, Offered>()
  /** Picture → its content and what is offered of it: what it was before a change is let go. */
  readonly #current = new Map<string, { readonly input: string; readonly keys: Set<string> }>()
  readonly #failed = new WeakSet<Offered>()
  readonly #options: ResolvedImagesOptions
  readonly #artifacts: Artifacts
  readonly #base: string
  readonly #path: string
  readonly #warn: (message: string) => void

  /** @param base where the server answers: its origin, where one is configured, and `base` */
  constructor(options: ResolvedImagesOptions, artifacts: Artifacts, base: string, warn: (message: string) => void) {
    this.#options = options
    this.#artifacts = artifacts
    this.#base = base
    this.#path = new URL(base, 'http://localhost').pathname
    this.#warn = warn
  }

  /**
   * The formats of a picture as URLs of this server. Which of them a build keeps is not known before they are made.
   *
   * @param url of the original
   */
  offer(picture: AppPicture, url: string, widths: readonly number[]): Replacement {
    const { formats } = this.#options
    const { planned } = planWithin(picture.source, { ...this.#options, widths, fallback: false })
    const { format, width } = picture.source
    return {
      fallback: { type: imageFormats[format].mediaType, files: [{ url, width }] },
      sources: formats
        .map((wanted) => ({
          type: imageFormats[wanted].mediaType,
          files: planned
            .filter(({ variant }) => variant.format === wanted)
            .map((plan) => ({ url: this.#urlOf({ picture, ...plan }), width: plan.variant.width })),
        }))
        .filter(({ files }) => files.length > 0),
      isFinal: true,
    }
  }

  /** Answers requests for variants; everything else goes on. */
  readonly middleware = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    const key = this.#keyOf(request)
    if (key === undefined) return next()
    const offered = this.#offered.get(key)
    if (offered) return void this.#answer(offered, request, response, next)
    // Vite would answer with the app's page: nobody looks for a picture in it.
    response.writeHead(404, { 'Cache-Control': 'no-store' }).end()
  }

  #keyOf({ method, url = '' }: IncomingMessage): string | undefined {
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const path = url.replace(/[?#].*$/s, '')
    // Vite takes `base` off before its own middlewares, and this one stands in front of them.
    const rest = path.startsWith(this.#path) ? path.slice(this.#path.length) : path.slice(1)
    return rest.startsWith(PREFIX) ? rest.slice(PREFIX.length) : undefined
  }

  async #answer(
    offered: Offered,
    request: IncomingMessage,
    response: ServerResponse,
    next: (error: unknown) => void,
  ): Promise<void> {
    try {
      await this.#send(offered, request, response)
    } catch (error) {
      next(error)
    }
  }

  async #send(offered: Offered, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { picture, variant, quality } = offered
    const { source, input } = picture
    const recipe = variantRecipe(input, source, variant, quality)
    const made = await this.#artifacts.find(recipe)
    if (!made) {
      void this.#makeLater(offered)
      return send(response, await bytesOf(source), source.format, { 'Cache-Control': 'no-store' })
    }
    const etag = etagOf(recipe)
    const headers = { ETag: etag, 'Cache-Control': 'no-cache' }
    if (request.headers['if-none-match']?.includes(etag)) {
      response.writeHead(304, headers).end()
      return
    }
    send(response, made.bytes, variant.format, headers)
  }

  /** Says once what is wrong, if something is; the original is served on. */
  async #makeLater(offered: Offered): Promise<void> {
    if (this.#failed.has(offered)) return
    const { picture, variant, quality } = offered
    const { source, input } = picture
    try {
      await makeFile(this.#artifacts, source, input, variant, quality, 'later')
    } catch (error) {
      if (!this.#failed.has(offered)) this.#warn((error as Error).message)
      this.#failed.add(offered)
    }
  }

  #urlOf(offered: Offered): string {
    const { picture, variant } = offered
    const { file, input } = picture
    const [extension] = imageFormats[variant.format].extensions
    const folder = createHash('sha256').update(`${input} ${file}`).digest('hex').slice(0, 16)
    const name = `${basename(file, extname(file))}-${variant.width}${extension}`
    const key = `${folder}/${encodeURIComponent(name)}`
    this.#keysOf(picture).add(key)
    if (!this.#offered.has(key)) this.#offered.set(key, offered)
    return this.#base + PREFIX + key
  }

  #keysOf({ file, input }: AppPicture): Set<string> {
    const current = this.#current.get(file)
    if (current?.input === input) return current.keys
    for (const key of current?.keys ?? []) this.#offered.delete(key)
    const keys = new Set<string>()
    this.#current.set(file, { input, keys })
    return keys
  }
}

function send(
  response: ServerResponse,
  bytes: Uint8Array,
  format: RasterFormat,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(200, {
    'Content-Type': imageFormats[format].mediaType,
    'Content-Length': bytes.byteLength,
    ...headers,
  })
  response.end(bytes)
}
