import { transform } from 'lightningcss'
import { describe, expect, test } from 'vitest'
import { cssItems, cssOwners } from './css-owners.ts'

/** Joins and minifies as Vite does, and says what each stylesheet got. */
function shares(...stylesheets: string[]): { parts: string[]; emitted: string } {
  const joined = stylesheets.join('\n')
  const emitted = new TextDecoder().decode(
    transform({ filename: 'x.css', code: new TextEncoder().encode(joined), minify: true }).code,
  )
  const parts = stylesheets.map(() => '')
  let position = 0
  for (const { start, end, owner } of cssOwners(
    emitted,
    stylesheets.map((code) => ({ code })),
  )) {
    expect(start).toBe(position)
    parts[owner] += emitted.slice(start, end)
    position = end
  }
  expect(position).toBe(emitted.length)
  return { parts, emitted }
}

describe('cssOwners', () => {
  test('gives each stylesheet its rules after minification', () => {
    const { parts } = shares(
      'body { color: rebeccapurple; margin: 0 0 0 0 }',
      '.a::before { content: "}" } .b { background: url(data:image/png;base64,AA==) }',
      '@media (min-width: 600px) { .c { color: #ff0000 } }',
    )
    expect(parts).toEqual([
      'body{color:#639;margin:0}',
      '.a:before{content:"}"}.b{background:url(data:image/png;base64,AA==)}',
      '@media (width>=600px){.c{color:red}}',
    ])
  })

  test('gives a rule that was rewritten to the stylesheet between its neighbours', () => {
    const { parts } = shares('.a { color: red }', '.b:not(.c):not(.d) , .b2 { color: blue }', '.e { color: lime }')
    expect(parts[0]).toContain('.a')
    expect(parts[1]).toContain('.b')
    expect(parts[2]).toContain('.e')
  })

  test('keeps equal selectors of several stylesheets apart, in order', () => {
    const { parts } = shares('.x { color: red } .y { top: 0 }', '.x { left: 0 } .z { top: 1px }')
    expect(parts).toEqual(['.x{color:red}.y{top:0}', '.x{left:0}.z{top:1px}'])
  })

  test('takes one stylesheet for the whole file', () => {
    const { parts, emitted } = shares('.only { color: red }')
    expect(parts).toEqual([emitted])
  })
})

test('cssItems finds nested rules and statements', () => {
  const items = cssItems('@import "x";@media print{.a{color:red;&:hover{top:0}}}.b{}')
  expect(items.map((item) => item.key)).toEqual(['@importx', '@mediaprint', '.a', '&:hover', '.b'])
})
