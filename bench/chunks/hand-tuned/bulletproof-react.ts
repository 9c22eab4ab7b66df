import { packages } from './groups.ts'
import type { HandTuned } from './groups.ts'

/** What every page needs changes seldom; forms and Markdown are only on some pages. */
export const groups: HandTuned = {
  react: packages('react', 'react-dom', 'scheduler'),
  router: packages('react-router', 'react-error-boundary', 'react-helmet-async'),
  data: packages('@tanstack/*', 'axios', 'react-query-auth', 'zustand'),
  ui: packages('@radix-ui/*', 'lucide-react', 'class-variance-authority', 'clsx', 'tailwind-merge'),
  forms: packages('react-hook-form', '@hookform/*', 'zod'),
  markdown: packages('marked', 'dompurify'),
}
