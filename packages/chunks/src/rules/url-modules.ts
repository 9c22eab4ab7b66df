import type { ModuleEntry } from '@paceline/build-graph'

/** What Vite gives the URL of, without any query. */
const ASSET =
  /\.(?:a?png|avif|bmp|cur|gif|ico|jfif|jpe?g|jxl|pjp|pjpeg|svg|webp|aac|flac|m4a|mov|mp3|mp4|ogg|opus|vtt|wav|webm|eot|otf|ttf|woff2?|pdf|txt|webmanifest)(?:\?no-inline)?$/i
const URL_QUERY = /[?&](?:url|worker|sharedworker)(?:[=&]|$)/
const CONTENT_QUERY = /[?&]inline(?:[=&]|$)/

/** Whether all that a module holds is where something else lies: `?url`, `?worker`, a picture. */
export function isUrlModule({ id, imports }: ModuleEntry): boolean {
  if (CONTENT_QUERY.test(id)) return false
  // A picture that imports something was made a component.
  return URL_QUERY.test(id) || (ASSET.test(id) && imports.length === 0)
}
