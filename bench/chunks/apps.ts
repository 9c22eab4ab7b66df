import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { groups as bulletproof } from './hand-tuned/bulletproof-react.ts'
import { groups as flowise } from './hand-tuned/flowise-ui.ts'
import type { HandTuned } from './hand-tuned/groups.ts'
import { groups as playground } from './hand-tuned/playground.ts'
import { groups as shadcn } from './hand-tuned/shadcn-admin.ts'

/** One string of the source becomes another one. */
export interface Edit {
  /** Relative to the Vite root. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** What the bench has to know of an app. */
export interface BenchApp {
  /** What the results call it. */
  readonly name: string
  /** Major version of Vite that it comes with, or that the bench gives it. */
  readonly vite: 7 | 8
  /** Variables that its build asks for. */
  readonly env: Readonly<Record<string, string>>
  readonly handTuned: HandTuned
  /** A string in a component that one lazy page uses. */
  readonly leaf: Edit
  /** Pages to open in Chromium, without an account or data. */
  readonly pages: readonly string[]
  /** Commits to build one after the other, and the script in `replay/` that installs their packages. */
  readonly replay?: { readonly range: string; readonly install: string }
  /** `buildGraph.routes` of pages that no route table shows. */
  readonly routes?: Readonly<Record<string, string | readonly string[]>>
}

/** By the `name` of the app's package.json. */
const APPS: Readonly<Record<string, BenchApp>> = {
  'bulletproof-react-vite': {
    name: 'bulletproof-react',
    vite: 7,
    env: { VITE_APP_API_URL: '/api', VITE_APP_ENABLE_API_MOCKING: 'false' },
    handTuned: bulletproof,
    leaf: { file: 'src/features/users/components/users-list.tsx', find: 'First Name', replace: 'Given Name' },
    pages: ['/', '/app/discussions'],
  },
  'shadcn-admin': {
    name: 'shadcn-admin',
    vite: 8,
    // Any key builds; the pages that ask Clerk are not opened.
    env: { VITE_CLERK_PUBLISHABLE_KEY: 'pk_test_x' },
    handTuned: shadcn,
    leaf: {
      file: 'src/features/dashboard/components/recent-sales.tsx',
      find: 'Olivia Martin',
      replace: 'Olivia Morton',
    },
    pages: ['/'],
  },
  'flowise-ui': {
    name: 'Flowise',
    vite: 8,
    env: {},
    handTuned: flowise,
    leaf: { file: 'src/views/files/index.jsx', find: 'Search File', replace: 'Search Files' },
    pages: ['/signin', '/register'],
    replay: { range: '4114b3b50..93c1abddd', install: 'install-flowise.mjs' },
  },
  '@paceline/playground': {
    name: 'playground',
    vite: 8,
    env: {},
    handTuned: playground,
    leaf: { file: 'src/pages/imports/drop-zone.tsx', find: 'Drop files here', replace: 'Drop photos here' },
    pages: ['/dashboard', '/notes/shot-list'],
    routes: {
      '/dashboard': ['src/components/cover.tsx'],
      '/notes/:noteId': ['src/pages/notes/note-page.tsx', 'src/pages/notes/markdown-editor.tsx'],
    },
  },
}

/**
 * What the bench knows of the app in a folder. One that was installed with another Vite than it comes with is called so.
 *
 * @throws {Error} When the folder holds no app that the bench knows.
 */
export function appIn(folder: string): BenchApp {
  const { name }: { name?: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const app = APPS[name ?? '']
  if (app === undefined) {
    throw new Error(
      `\`${folder}\` is no app that the bench knows; received the package ${name ?? 'without a name'}. ` +
        `Add it to bench/chunks/apps.ts; known are ${Object.keys(APPS).join(', ')}.`,
    )
  }
  const installed = Number.parseInt(viteVersion(folder), 10)
  return installed === app.vite ? app : { ...app, name: `${app.name} on Vite ${installed}` }
}

function viteVersion(folder: string): string {
  const file = createRequire(join(folder, 'package.json')).resolve('vite/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version
}
