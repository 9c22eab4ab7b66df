import { expect, test } from 'vitest'
import { hasGlobalRules } from './global-rules.ts'

test.each([
  'body { color: red }',
  '.a { color: red } h1, .b { margin: 0 }',
  '@media (width > 40em) { @layer base { * { margin: 0 } } }',
  ':root { --gap: 1px; font-size: 20px }',
  'a:hover { color: red }',
])('has rules for all elements of a kind: %s', (css) => expect(hasGlobalRules(css)).toBe(true))

test.each([
  '',
  '.dialog { color: red; &:hover { color: blue } p { margin: 0 } }',
  '.dialog p, #main { margin: 0 }',
  '[data-dialog] { margin: 0 }',
  '@keyframes turn { from { rotate: 0deg } to { rotate: 90deg } } .a { animation: turn 1s }',
  '@-webkit-keyframes turn { 0% { opacity: 0 } }',
  '@font-face { font-family: body; src: url(x.woff2) }',
  ':root { --gap: 1px; --wide: 2px }',
  '@media (prefers-color-scheme: dark) { :root { --ink: white } }',
  '.a::after { content: "} body {"; } /* body { } */ .b { color: red }',
])('has none: %s', (css) => expect(hasGlobalRules(css)).toBe(false))
