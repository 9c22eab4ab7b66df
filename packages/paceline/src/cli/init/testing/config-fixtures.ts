import type { FixtureFiles } from '@paceline/testkit'
import { manifest } from './plugin-fixtures.ts'

const CONFIG = `import { defineConfig } from 'vite'

export default defineConfig({
  build: { outDir: 'build' },
  plugins: [],
})
`

/** Apps with tools beside their Vite config. */
export const configFixtures: Readonly<Record<string, FixtureFiles>> = {
  'size-limit in JavaScript, bundlewatch in package.json': {
    'package.json': manifest(['size-limit', '@size-limit/file', 'bundlewatch'], {
      scripts: {
        build: 'vite build',
        size: 'npm run build && npx size-limit --json',
        why: 'size-limit --why',
        ci: 'size-limit --silent && bundlewatch --config package.json',
      },
      bundlewatch: {
        files: [
          { path: './build/assets/*.js', maxSize: '100kB' },
          { path: 'build/assets/*.css', maxSize: '1.5MB', compression: 'none' },
        ],
        defaultCompression: 'brotli',
        ci: { trackBranches: ['main'] },
      },
    }),
    '.size-limit.cjs': `const entry = 'build/assets/index-*.js'

module.exports = [
  { name: 'app', path: entry, limit: '150 kB', webpack: false, running: false },
]
`,
    '.github/workflows/ci.yml':
      'jobs:\n  size:\n    steps:\n      - uses: andresz1/size-limit-action@v1\n      - run: npx bundlewatch\n',
    'vite.config.ts': CONFIG,
  },
  'size-limit that bundles': {
    'package.json': manifest(['size-limit', '@size-limit/preset-small-lib'], {
      scripts: { size: 'size-limit' },
      'size-limit': [{ path: 'build/index.js', import: '{ render }', limit: '10 kB' }],
    }),
    'vite.config.ts': CONFIG,
  },
  'Lighthouse CI with limits of speed alone': {
    'package.json': manifest(['@lhci/cli'], { scripts: { lhci: 'lhci autorun --upload.target=filesystem' } }),
    'lighthouserc.cjs': `module.exports = {
  ci: {
    collect: {
      staticDistDir: './build',
      url: ['http://localhost:8080/', 'http://localhost:8080/editor'],
      numberOfRuns: 7,
      settings: { preset: 'desktop', chromeFlags: '--no-sandbox' },
    },
    assert: {
      assertions: {
        'largest-contentful-paint': ['error', { maxNumericValue: 3000, aggregationMethod: 'median' }],
        'cumulative-layout-shift': ['warn', { maxNumericValue: 0.05 }],
        interactive: ['error', { maxNumericValue: 4500 }],
        'uses-http2': 'off',
        'resource-summary:script:size': ['error', { maxNumericValue: 250 * 1024 }],
        'resource-summary:font:size': ['warn', { maxNumericValue: 100000 }],
      },
    },
    upload: { target: 'temporary-public-storage' },
  },
}
`,
    'vite.config.ts': CONFIG,
  },
  'Lighthouse CI with a file of budgets, on Windows': {
    'package.json': manifest(['@lhci/cli']).replaceAll('\n', '\r\n'),
    'lighthouserc.json': '{ "ci": { "assert": { "budgetsFile": "./budget.json" } } }\n',
    'budget.json':
      '[{ "path": "/*", "timings": [{ "metric": "interactive", "budget": 5000 }], "resourceSizes": [{ "resourceType": "script", "budget": 300 }] }]\n',
    'vite.config.ts': CONFIG.replaceAll('\n', '\r\n'),
  },
  'Lighthouse CI that looks at accessibility, too': {
    'package.json': manifest(['@lhci/cli'], { scripts: { lhci: 'lhci autorun' } }),
    'lighthouserc.json': `{
  "ci": {
    "assert": {
      "assertions": {
        "categories:accessibility": ["error", { "minScore": 0.9 }],
        "largest-contentful-paint": ["error", { "maxNumericValue": 2800 }]
      }
    }
  }
}
`,
    'vite.config.ts': CONFIG,
  },
}
