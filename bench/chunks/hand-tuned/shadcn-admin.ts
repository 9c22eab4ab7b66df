import { packages } from './groups.ts'
import type { HandTuned } from './groups.ts'

/**
 * Charts, dates, tables and the sign-in service are heavy and only on some pages. Small packages that many others use come
 * first: a group takes along what it imports, so charts would hold `clsx` and be on every page.
 */
export const groups: HandTuned = {
  react: packages('react', 'react-dom', 'scheduler'),
  shared: packages('clsx', 'tailwind-merge', 'class-variance-authority', 'use-sync-external-store', 'tslib'),
  tanstack: packages(
    '@tanstack/react-router',
    '@tanstack/router-core',
    '@tanstack/history',
    '@tanstack/*query*',
    '@tanstack/*store',
  ),
  zod: packages('zod'),
  table: packages('@tanstack/react-table', '@tanstack/table-core'),
  charts: packages(
    'recharts',
    'd3-*',
    'victory-vendor',
    '@reduxjs/*',
    'react-redux',
    'immer',
    'reselect',
    'es-toolkit',
  ),
  clerk: packages('@clerk/*', 'swr'),
  dates: packages('date-fns', 'react-day-picker', '@date-fns/*'),
  forms: packages('react-hook-form', '@hookform/*'),
  icons: packages('lucide-react'),
}
