import type { PrecacheEntry } from '../shared/manifest.ts'

type Format = NonNullable<PrecacheEntry['format']>

/** Pictures of one pixel. */
const SAMPLES = {
  avif: 'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAABwAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAEAAAABAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAkbWRhdBIACgc4AAaQENBpMg8f8mKE4AAWAACQNY48ftw=',
  webp: 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEADMDOJaQAA3AA/uxnAAA=',
} as const

/** Which formats the browser decodes, best first. `other` is what every browser does. */
export async function decodableFormats(): Promise<Format[]> {
  const [avif, webp] = await Promise.all([decodes('avif'), decodes('webp')])
  return [...(avif ? ['avif' as const] : []), ...(webp ? ['webp' as const] : []), 'other']
}

async function decodes(format: keyof typeof SAMPLES): Promise<boolean> {
  const bytes = Uint8Array.from(atob(SAMPLES[format]), (letter) => letter.charCodeAt(0))
  return createImageBitmap(new Blob([bytes], { type: `image/${format}` })).then(
    () => true,
    () => false,
  )
}

/** Leaves of every picture only the best format that can be decoded. */
export function pickFormats(entries: readonly PrecacheEntry[], formats: readonly Format[]): PrecacheEntry[] {
  const best = new Map<string, Format>()
  for (const { group, format } of entries) {
    if (group === undefined || format === undefined || !formats.includes(format)) continue
    const known = best.get(group)
    if (known === undefined || formats.indexOf(format) < formats.indexOf(known)) best.set(group, format)
  }
  return entries.filter(({ group, format }) => group === undefined || best.get(group) === format)
}
