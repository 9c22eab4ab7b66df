import { errorCodes, parseOptions } from '@paceline/kit'
import { expect, it } from 'vitest'
import { speculationRules, speculationSchema } from './speculation-rules.ts'

const documents = ['/', '/pricing', '/docs/:page'].map((pattern) => ({ pattern, file: 'index.html', links: [] }))

it('makes one file for each set of rules, named by its content', () => {
  const made = speculationRules(documents, {
    next: { '/': ['/pricing', '/docs/start?a=1'], '/pricing': ['/'] },
    action: 'prerender',
  })
  expect(made.documents.map(({ speculationRules: file }) => file)).toEqual([
    made.files[0]!.file,
    made.files[1]!.file,
    undefined,
  ])
  expect(made.files[0]!.file).toMatch(/^speculation-[\da-f]{12}\.speculationrules$/)
  // https://html.spec.whatwg.org/multipage/speculative-loading.html
  expect(JSON.parse(made.files[0]!.content)).toEqual({
    prerender: [{ source: 'list', urls: ['/pricing', '/docs/start?a=1'], eagerness: 'moderate' }],
  })
  expect(speculationRules(documents, { next: { '/': ['/pricing'], '/pricing': ['/pricing'] } }).files).toHaveLength(1)
})

it.each([[{ '/nowhere': ['/'] }], [{ '/': ['/nowhere'] }]])('refuses pages that there are none of: %o', (next) => {
  let codes: string[] = []
  try {
    speculationRules(documents, { next })
  } catch (error) {
    codes = errorCodes(error)
  }
  expect(codes).toEqual(['PACELINE_DELIVERY_SPECULATION'])
})

it.each(['https://a.example/', '//a.example/', 'pricing', '/a b'])('takes no address like %s', (url) => {
  expect(() => parseOptions('speculation', speculationSchema, { next: { '/': [url] } })).toThrow('one slash')
})
