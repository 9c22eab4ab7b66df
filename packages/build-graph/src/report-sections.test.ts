import { expect, test } from 'vitest'
import { reportSections } from './report-sections.ts'

test('reportSections takes what our plugins say, of several instances the first, and asks no others', () => {
  const plugin = (name: string, section: object) => ({ name, api: { reportSection: () => section } })
  const ledger = [{ file: 'a.js', status: 'exempt', bytes: 1 }]
  const sections = reportSections(
    [
      plugin('paceline:compress', { ledger }),
      plugin('paceline:compress', { ledger: [] }),
      { name: 'paceline:chunks', api: {} },
      { name: 'vite:css' },
      plugin('other', { files: [] }),
    ],
    'client',
  )
  expect(sections).toEqual({ ledger })
})
