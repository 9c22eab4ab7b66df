import type { Plugin, ResolvedConfig } from 'vite'

/** What a guide takes for granted around a few lines: its own plugins where it has said whose they are, and the reader's app. */
declare global {
  const paceline: typeof import('paceline').paceline
  const budgets: typeof import('@paceline/budgets').budgets
  const serviceWorker: typeof import('@paceline/service-worker').serviceWorker
  const chunks: typeof import('@paceline/chunks').chunks
  const delivery: typeof import('@paceline/delivery').delivery
  const defineConfig: typeof import('vite').defineConfig
  const react: () => Plugin
  const http: typeof import('node:http')
  const createServer: typeof import('node:http').createServer
  const createHandler: typeof import('@paceline/delivery/server').createHandler

  const app: (request: unknown, response: unknown) => void
  const api: import('express').RequestHandler
  const file: File
  const toast: (text: string) => void
  const exportNotes: () => Promise<void>
  const showMyOwn: (handlers: { onReload: () => void; onLater: () => void }) => void
  const showFailed: (status: number, change: unknown) => void
  const content: Uint8Array
  const photo: Uint8Array
  const config: ResolvedConfig
  const versions: { readonly aom: string }
  const work: () => Promise<import('@paceline/artifact-cache').Artifact>
}
