/** The formats that every browser of today knows at least the last of. */
export type BrowserFormat = 'avif' | 'webp' | 'jpeg'

/** One pixel in each format; a browser that decodes it decodes the rest (AVIF: 8 bits, 4:2:0; WebP: lossy). */
const SAMPLES: readonly (readonly [format: BrowserFormat, base64: string])[] = [
  [
    'avif',
    'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgQAMAAAAABRpc3BlAAAAAAAAAAEAAAABAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAobWRhdBIACggYAAaICGg0IDISH/eHhRXf///iz8AAkDWOPH7c',
  ],
  ['webp', 'UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEADMDOJaQAA3AA/uxnAAA='],
]

let known: Promise<BrowserFormat> | undefined

/** The best format that this browser shows; found once. For pictures that a script asks for: HTML and CSS choose by themselves. */
export function bestFormat(): Promise<BrowserFormat> {
  return (known ??= findFormat())
}

async function findFormat(): Promise<BrowserFormat> {
  for (const [format, base64] of SAMPLES) {
    if (
      await isDecoded(
        Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
        `image/${format}`,
      )
    )
      return format
  }
  return 'jpeg'
}

/** As a bitmap, not as an `<img>`: no policy on where pictures come from has a say in it, and workers have it, too. */
async function isDecoded(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<boolean> {
  try {
    const bitmap = await createImageBitmap(new Blob([bytes], { type }))
    bitmap.close()
    return true
  } catch {
    return false
  }
}
