import { packages } from './groups.ts'
import type { HandTuned } from './groups.ts'

/** Charts, dates and the sign-in service are heavy and only on some pages. */
export const groups: HandTuned = {
  react: packages('react', 'react-dom', 'scheduler'),
  tanstack: packages('@tanstack/*'),
  charts: packages('recharts', 'd3-*', 'victory-vendor', '@reduxjs/*', 'immer', 'reselect', 'es-toolkit'),
  clerk: packages('@clerk/*', 'swr'),
  dates: packages('date-fns', 'react-day-picker', '@date-fns/*'),
  forms: packages('react-hook-form', '@hookform/*', 'zod'),
  ui: packages('@radix-ui/*', '@floating-ui/*', 'cmdk', 'sonner', 'lucide-react', 'clsx', 'tailwind-merge'),
}
