import type { PacelineOptions } from 'paceline'
import type { BuildEnvironmentOptions } from 'vite'

/** How Lumen is built, beside the plugins. */
export const buildOptions: BuildEnvironmentOptions = { assetsInlineLimit: keepWasmFiles }

/** There are many thumbnails of about 100 pixels, of which dense screens show twice as many. */
export const imageOptions: Exclude<PacelineOptions['images'], false> = { widths: [240, 480, 960, 1600] }

/** Lumen starts without a network, and shows what it has shown before. */
export const workerOptions: Exclude<PacelineOptions['serviceWorker'], boolean> = { precache: 'routes' }

/** Earlier releases are served beside this one. Tools that read the folder count those, too: where figures are compared, there are none. */
export const deliveryOptions: Exclude<PacelineOptions['delivery'], false> = {
  releases: Number(process.env['LUMEN_RELEASES'] ?? 5),
}

/** What a page always loads lazily besides, which no static reading can know. */
export const loadedTogether: Readonly<Record<string, readonly string[]>> = {
  '/dashboard': ['src/components/cover.tsx'],
  '/notes/:noteId': ['src/pages/notes/note-page.tsx', 'src/pages/notes/markdown-editor.tsx'],
}

/** A module of WebAssembly is compiled while it arrives, which needs a file of its own, however small it is. */
export function keepWasmFiles(file: string): false | undefined {
  return file.endsWith('.wasm') ? false : undefined
}
