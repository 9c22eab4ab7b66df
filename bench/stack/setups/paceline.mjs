import { paceline } from 'paceline'

/** The same by one plugin, as `paceline init` writes it; pictures at one quality, as the others have them, not at the lowest that reaches a score. Its caches and reports go where the bench says. */
export const withPaceline = ({ cache, buildGraph }) => ({
  plugins: [
    paceline({
      images: { widths: [240, 480, 960, 1600], quality: 80 },
      compress: { algorithms: ['gzip', 'brotli'] },
      serviceWorker: { update: 'auto', precache: { include: ['**/*.{js,css,html,ico,png,svg,woff2}'] } },
      vitals: true,
      budgets: { severity: 'warn' },
      cache,
      buildGraph,
    }),
  ],
})
