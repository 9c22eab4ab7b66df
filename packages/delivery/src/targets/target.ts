import type { DeliveryManifest } from '../manifest.ts'
import type { ResolvedTargetOptions } from './target-options.ts'

export const TARGETS = ['nginx', 'caddy', 'apache', 'netlify', 'vercel', 'cloudflare'] as const
export type TargetName = (typeof TARGETS)[number]

/** A file that tells a host how to deliver. */
export interface TargetFile {
  readonly target: TargetName
  /** With `where: 'config'` relative to `.paceline/delivery/<target>/`, else relative to the output directory. */
  readonly file: string
  readonly content: string
  /** `output`: hosts read it beside the files. `config`: it is put where the host keeps its configuration. */
  readonly where: 'config' | 'output'
}

/** Makes the files of one host. Pure: the same manifest gives the same text. */
export type Target = (manifest: DeliveryManifest, options: ResolvedTargetOptions) => readonly TargetFile[]
