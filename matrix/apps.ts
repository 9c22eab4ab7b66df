/** What stands around an app and is not in its package.json. */
export interface MatrixApp {
  /** Its folder in `apps`. */
  readonly name: string
  /** A row of the table in docs/any-app.md. */
  readonly what: string
  /** Packages whose versions the row names, of its package.json. */
  readonly shows: readonly string[]
  /** The Vite root, relative to the folder: the workspace of a monorepo. @default '.' */
  readonly root?: string
  /** Where its client is built to, relative to the Vite root. @default 'dist' */
  readonly outDir?: string
  /** Ids of the routes that the report has to find, sorted: paths, and modules where nobody gives them one. */
  readonly routes: readonly string[]
  /** Its first address. @default '/' */
  readonly start?: string
  /** Its own server instead of `paceline serve`, relative to the Vite root; prints its address first. */
  readonly server?: string
  /** There is nothing to open in a browser. */
  readonly library?: true
  /** It has to start without a network after one visit. */
  readonly offline?: true
  /** Part of `npm test`. */
  readonly quick?: true
}

const pages = ['/', '/about', 'index.html'] as const

/** The apps of the matrix, in the order of the table. */
export const matrixApps: readonly MatrixApp[] = [
  { name: 'plain', what: 'TypeScript, no framework', shows: [], routes: ['/', 'src/about.ts', 'src/home.ts'] },
  {
    name: 'react-vite-7',
    what: 'React, `lazy()` routes',
    shows: ['react', 'react-router'],
    routes: pages,
    quick: true,
  },
  { name: 'react-router', what: 'React Router, data routes', shows: ['react', 'react-router'], routes: pages },
  {
    name: 'react-router-framework',
    what: 'React Router as a framework, without SSR',
    shows: ['react', '@react-router/dev'],
    outDir: 'build/client',
    // Its table of routes is the framework's own, which nobody reads here.
    routes: [
      'app/root.tsx?__react-router-build-client-route',
      'app/routes/about.tsx?__react-router-build-client-route',
      'app/routes/home.tsx?__react-router-build-client-route',
      'node_modules/@react-router/dev/dist/config/defaults/entry.client.tsx',
    ],
  },
  {
    name: 'tanstack-router',
    what: 'TanStack Router, routes from files',
    shows: ['react', '@tanstack/react-router'],
    routes: pages,
  },
  { name: 'preact', what: 'Preact, preact-iso', shows: ['preact', 'preact-iso'], routes: pages },
  { name: 'vue', what: 'Vue, Vue Router', shows: ['vue', 'vue-router'], routes: pages, quick: true },
  { name: 'vue-vite-7', what: 'Vue, Vue Router', shows: ['vue', 'vue-router'], routes: pages },
  { name: 'svelte', what: 'Svelte', shows: ['svelte'], routes: ['/'], quick: true },
  { name: 'solid', what: 'Solid, Solid Router', shows: ['solid-js', '@solidjs/router'], routes: pages },
  {
    name: 'ssr',
    what: 'SSR with the Environment API, own server',
    shows: ['preact'],
    outDir: 'dist/client',
    routes: ['/'],
    server: 'server.mjs',
  },
  { name: 'multi-page', what: 'Several HTML pages', shows: [], routes: ['/', '/about/'] },
  { name: 'base', what: "`base: '/sub/'`", shows: ['react', 'react-router'], routes: pages, start: '/sub/' },
  { name: 'lib', what: '`build.lib`', shows: [], routes: ['src/index.ts'], library: true, quick: true },
  {
    name: 'legacy',
    what: 'Old browsers',
    shows: ['react', '@vitejs/plugin-legacy'],
    routes: pages,
    quick: true,
  },
  { name: 'tailwind', what: 'Tailwind CSS', shows: ['tailwindcss'], routes: ['/'] },
  {
    name: 'monorepo',
    what: 'A workspace that imports a linked package',
    shows: ['react', 'react-router'],
    root: 'apps/web',
    routes: pages,
  },
  { name: 'pwa', what: 'Beside vite-plugin-pwa', shows: ['react', 'vite-plugin-pwa'], routes: pages, offline: true },
  {
    name: 'service-worker',
    what: 'With our service worker',
    shows: ['react', 'react-router'],
    routes: pages,
    offline: true,
  },
]
