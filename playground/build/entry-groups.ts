/** The modules that hold `import()`: whenever a page changes, they change, so nobody should have to import them. */
const HOLDS_PAGES = /[\\/]src[\\/](main|app[\\/]router)\.tsx$/

const packages = (names: string): RegExp => new RegExp(String.raw`[\\/]node_modules[\\/](${names})[\\/]`)

/** The app's own source and what it imports that is no script: one picture left in the entry would close a circle. */
const isStudio = (id: string): boolean =>
  (/[\\/]playground[\\/]src[\\/]/.test(id) && !HOLDS_PAGES.test(id)) ||
  /\.(jpe?g|png|woff2)$/.test(id) ||
  id.includes('vite/preload-helper')

/**
 * What the entry needs, in files that live as long as what is in them. `$initial` keeps out whatever only lazy pages
 * use: those packages stay with their pages. Without it, whoever opens the welcome page pays for the editor.
 */
export const entryGroups = [
  { name: 'react-vendor', test: packages('react|react-dom|scheduler') },
  { name: 'fluentui', test: packages('@fluentui|@griffel|@floating-ui|tabster|keyborg') },
  { name: 'vendor', test: /[\\/]node_modules[\\/].+\.[cm]?js$/ },
  { name: 'studio', test: isStudio },
].map((group) => ({ ...group, tags: ['$initial' as const] }))
