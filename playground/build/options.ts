import type { BuildEnvironmentOptions } from 'vite'

/** How Lumen is built, beside the plugins. */
export const buildOptions: BuildEnvironmentOptions = { assetsInlineLimit: keepWasmFiles }

/** What a page always loads lazily besides, which no static reading can know. */
export const loadedTogether: Readonly<Record<string, readonly string[]>> = {
  '/notes/:noteId': ['src/pages/notes/note-page.tsx', 'src/pages/notes/markdown-editor.tsx'],
}

/** A module of WebAssembly is compiled while it arrives, which needs a file of its own, however small it is. */
export function keepWasmFiles(file: string): false | undefined {
  return file.endsWith('.wasm') ? false : undefined
}
