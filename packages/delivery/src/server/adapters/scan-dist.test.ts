import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { writeFixture } from '@paceline/testkit'
import { describe, expect, it } from 'vitest'
import { checkManifest } from './manifest-file.ts'
import { scanDist } from './scan-dist.ts'

const script = 'console.log(1)\n'.repeat(50)

describe('scanDist', () => {
  it('takes siblings that decode to their file, and names that Vite lists', async () => {
    const dir = await writeFixture({
      'index.html': '<title>Home</title>',
      'assets/index-AbCd1234.js': script,
      'assets/index-AbCd1234.js.br': brotliCompressSync(script),
      'assets/index-AbCd1234.js.gz': gzipSync('something else'),
      'assets/other-AbCd1234.js': script,
      'data.tar': 'tar',
      'data.tar.gz': gzipSync('of another day'),
      '.vite/manifest.json': JSON.stringify({ 'index.html': { file: 'assets/index-AbCd1234.js', css: ['plain.css'] } }),
      '.env': 'SECRET=1',
      '.well-known/security.txt': 'Contact: x',
      'plain.css': 'a{}',
    })
    const manifest = await scanDist(dir)
    checkManifest(manifest, 'scan')
    const byName = Object.fromEntries(manifest.files.map((file) => [file.file, file]))
    expect(Object.keys(byName)).toEqual([
      '.well-known/security.txt',
      'assets/index-AbCd1234.js',
      'assets/index-AbCd1234.js.gz',
      'assets/other-AbCd1234.js',
      'data.tar',
      'data.tar.gz',
      'index.html',
      'plain.css',
    ])
    expect(byName['assets/index-AbCd1234.js']).toMatchObject({ hashed: true, encodings: [{ encoding: 'br' }] })
    expect(byName['assets/index-AbCd1234.js']!.encodings).toHaveLength(1)
    expect([byName['assets/other-AbCd1234.js']!.hashed, byName['plain.css']!.hashed]).toEqual([false, false])
    expect(manifest.fallback).toBe('index.html')
  })

  it('has no fallback where there are several pages, and the page for 404s', async () => {
    const dir = await writeFixture({ 'index.html': '1', 'about.html': '2', '404.html': '3' })
    expect(await scanDist(dir)).toMatchObject({ notFound: '404.html' })
    expect((await scanDist(dir)).fallback).toBeUndefined()
  })

  it('leaves out what a link leads to outside', async () => {
    const outside = await writeFixture({ 'secret.txt': 'x' })
    const dir = await writeFixture({ 'index.html': '1' })
    await symlink(join(outside, 'secret.txt'), join(dir, 'secret.txt'))
    await symlink(outside, join(dir, 'folder'))
    await writeFile(join(dir, 'own.txt'), 'y')
    expect((await scanDist(dir)).files.map(({ file }) => file)).toEqual(['index.html', 'own.txt'])
  })
})
