import type { Artifact } from '@paceline/artifact-cache'
import type { ImageSubject } from '../errors.ts'
import type { ImageWork } from './image-work.ts'
import type { ImageOrigin } from './source-image.ts'

/** What the process that encodes images is asked. */
export interface ImageQuestion {
  readonly request: number
  readonly work: ImageWork
}

/** What it answers. An error as data: what is sent loses its code. `changed`: the file is not what it was, so the bytes are needed. */
export type ImageAnswer = { readonly request: number } & (
  | { readonly artifact: Artifact }
  | { readonly error: { readonly message: string; readonly code?: string } }
  | { readonly changed: true }
)

/** The picture that some work is about. */
export function subjectOf(work: ImageWork): ImageSubject {
  return work.kind === 'header' ? work.subject : work.source.subject
}

/** Where the picture of some work can be read, when that is known. */
export function originOf(work: ImageWork): ImageOrigin | undefined {
  return work.kind === 'header' ? work.origin : work.source.origin
}

/** The same work on these bytes. */
export function withBytes(work: ImageWork, bytes: Uint8Array): ImageWork {
  return work.kind === 'header' ? { ...work, bytes } : { ...work, source: { ...work.source, bytes } }
}

/** The same work without the bytes, which are read from the origin. Messages of megabytes lie about on both sides until they are collected. */
export function withoutBytes(work: ImageWork): ImageWork {
  return originOf(work) ? withBytes(work, new Uint8Array()) : work
}

/** The same work, for somebody who does not look for the origin. */
export function withoutOrigin(work: ImageWork): ImageWork {
  if (work.kind === 'header') {
    const { origin: _, ...rest } = work
    return rest
  }
  const { origin: _, ...source } = work.source
  return { ...work, source }
}
