import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { deliveryError } from '../../errors.ts'
import type { DeliveryManifest } from '../../manifest.ts'

const bytes = v.pipe(v.number(), v.integer(), v.minValue(0))
const sha256 = v.pipe(v.string(), v.regex(/^[\da-f]{64}$/))
/** Inside the output directory, whatever the system's separators are. */
const path = v.pipe(
  v.string(),
  v.nonEmpty(),
  v.check((file) => !file.startsWith('/') && !/[\\\0]|^[a-z]:/i.test(file)),
  v.check((file) => file.split('/').every((part) => part !== '' && part !== '.' && part !== '..')),
)
const headerName = v.pipe(v.string(), v.regex(/^[!#$%&'*+.^`|~\w-]+$/))
const headerValue = v.pipe(v.string(), v.regex(/^[\t\x20-\x7e]*$/))

const manifestSchema = v.object({
  schemaVersion: v.literal(1),
  release: v.string(),
  base: v.pipe(v.string(), v.startsWith('/'), v.endsWith('/')),
  policies: v.record(v.string(), v.record(headerName, headerValue)),
  files: v.array(
    v.object({
      file: path,
      type: headerValue,
      bytes,
      sha256,
      policy: v.string(),
      hashed: v.boolean(),
      archived: v.optional(v.literal(true)),
      encodings: v.optional(v.array(v.object({ encoding: v.picklist(['br', 'gzip', 'zstd']), file: path, bytes }))),
      formats: v.optional(v.array(v.object({ type: headerValue, file: path, bytes }))),
      deltas: v.optional(
        v.array(v.object({ encoding: v.picklist(['dcb', 'dcz']), dictionary: sha256, file: path, bytes })),
      ),
      dictionaryFor: v.optional(headerValue),
    }),
  ),
  documents: v.array(
    v.object({ pattern: v.string(), file: path, links: v.array(headerValue), speculationRules: v.optional(path) }),
  ),
  fallback: v.optional(path),
  notFound: v.optional(path),
})

/**
 * Checks what somebody says is a delivery manifest. Nothing in it may lead out of the output directory or end a header early.
 *
 * @param name what to call it in the error
 * @throws `PACELINE_DELIVERY_MANIFEST`
 */
export function checkManifest(value: unknown, name: string): DeliveryManifest {
  const result = v.safeParse(manifestSchema, value)
  if (!result.success) {
    const [issue] = result.issues
    throw deliveryError('PACELINE_DELIVERY_MANIFEST', [name, `${issue.message} at ${v.getDotPath(issue) ?? 'its top'}`])
  }
  // Values that valibot took for absent are absent.
  return result.output as DeliveryManifest
}

/** @throws `PACELINE_DELIVERY_MANIFEST` for a file that is none, with the reason */
export async function readManifestFile(file: string): Promise<DeliveryManifest> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw deliveryError('PACELINE_DELIVERY_MANIFEST', [file, (cause as Error).message], { cause })
  }
  return checkManifest(value, file)
}
