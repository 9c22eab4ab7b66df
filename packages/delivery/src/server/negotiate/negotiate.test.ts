import { describe, expect, it } from 'vitest'
import type { DeliveredFile } from '../../manifest.ts'
import { prepareAsset } from '../site/representation.ts'
import { chooseRepresentation, selectContent } from './negotiate.ts'

const dictionary = 'ab'.repeat(32)
const sent = `:${Buffer.from(dictionary, 'hex').toString('base64')}:`
const script: DeliveredFile = {
  file: 'assets/a.js',
  type: 'text/javascript; charset=utf-8',
  bytes: 1000,
  sha256: '01'.repeat(32),
  policy: 'immutable',
  hashed: true,
  encodings: [
    { encoding: 'gzip', file: 'assets/a.js.gz', bytes: 400 },
    { encoding: 'br', file: 'assets/a.js.br', bytes: 300 },
    { encoding: 'zstd', file: 'assets/a.js.zst', bytes: 350 },
  ],
  deltas: [
    { encoding: 'dcz', dictionary, file: 'assets/a.js.abab.dcz', bytes: 30 },
    { encoding: 'dcb', dictionary, file: 'assets/a.js.abab.dcb', bytes: 20 },
  ],
  dictionaryFor: '/assets/a-"*.js',
}
const photo: DeliveredFile = {
  file: 'photo.jpg',
  type: 'image/jpeg',
  bytes: 900,
  sha256: '02'.repeat(32),
  policy: 'image',
  hashed: false,
  formats: [
    { type: 'image/webp', file: 'photo.jpg.webp', bytes: 500 },
    { type: 'image/avif', file: 'photo.jpg.avif', bytes: 400 },
  ],
}
const policies = {
  immutable: { 'cache-control': 'immutable', vary: 'Origin' },
  image: { 'cache-control': 'max-age=9' },
}
const asset = prepareAsset(script, { policies })
const picture = prepareAsset(photo, { policies })

describe('chooseRepresentation', () => {
  it.each([
    [{}, 'identity'],
    [{ 'accept-encoding': 'gzip, deflate, br, zstd' }, 'br'],
    [{ 'accept-encoding': 'gzip, zstd' }, 'zstd'],
    [{ 'accept-encoding': 'gzip;q=1, br;q=0.9' }, 'gzip'],
    [{ 'accept-encoding': 'identity, gzip;q=0.5' }, 'identity'],
    [{ 'accept-encoding': '*;q=0' }, undefined],
    [{ 'accept-encoding': 'deflate, identity;q=0' }, undefined],
    [{ 'accept-encoding': 'br, dcb, dcz', 'available-dictionary': sent }, 'dcb'],
    [{ 'accept-encoding': 'br, dcz', 'available-dictionary': sent }, 'dcz'],
    [{ 'accept-encoding': 'br, *', 'available-dictionary': sent }, 'br'],
    [{ 'accept-encoding': 'br, dcb;q=0.1', 'available-dictionary': sent }, 'br'],
    [{ 'accept-encoding': 'br, dcb, dcz' }, 'br'],
    [{ 'accept-encoding': 'br, dcb', 'available-dictionary': `:${Buffer.alloc(32, 1).toString('base64')}:` }, 'br'],
    [{ 'accept-encoding': 'br, dcb', 'available-dictionary': `${sent}, ${sent}` }, 'br'],
  ])('answers %j with %s', (headers, coding) => {
    expect(chooseRepresentation(headers, asset)?.coding).toBe(coding)
  })

  it('passes over a form that is not usable', () => {
    const headers = { 'accept-encoding': 'br, gzip, dcb', 'available-dictionary': sent }
    const chosen = chooseRepresentation(headers, asset, ({ coding }) => coding === 'gzip')
    expect(chosen?.coding).toBe('gzip')
  })

  it.each([
    ['image/avif,image/webp,image/apng,*/*;q=0.8', 'image/avif'],
    ['image/webp,*/*', 'image/webp'],
    ['image/avif;q=0.5,image/webp', 'image/webp'],
    ['image/avif;q=0,*/*', 'image/jpeg'],
    ['image/*', 'image/jpeg'],
    ['*/*', 'image/jpeg'],
    ['image/jpeg, image/avif;q=0.1', 'image/jpeg'],
    [undefined, 'image/jpeg'],
  ])('answers a picture asked for with %j with %s', (accept, type) => {
    expect(chooseRepresentation({ accept }, picture)?.type).toBe(type)
  })
})

describe('selectContent', () => {
  const modified = Date.parse('2026-01-02T03:04:05Z')
  const date = new Date(modified).toUTCString()
  const before = new Date(modified - 1000).toUTCString()
  const { etag } = asset.identity
  it.each([
    [{}, 200],
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `"other", W/${etag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"other"' }, 200],
    [{ 'if-none-match': asset.encoded[0]!.etag }, 200],
    [{ 'if-modified-since': date }, 304],
    [{ 'if-modified-since': before }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    [{ 'if-none-match': '"other"', 'if-modified-since': date }, 200],
    [{ 'if-match': '"other"' }, 412],
    [{ 'if-match': `W/${etag}` }, 412],
    [{ 'if-match': etag }, 200],
    [{ 'if-unmodified-since': before }, 412],
    [{ range: 'bytes=0-9' }, 206],
    [{ range: 'bytes=5000-' }, 416],
    [{ range: 'bytes=0-9', 'if-range': etag }, 206],
    [{ range: 'bytes=0-9', 'if-range': `W/${etag}` }, 200],
    [{ range: 'bytes=0-9', 'if-range': '"other"' }, 200],
    [{ range: 'bytes=5000-', 'if-range': '"other"' }, 200],
    [{ range: 'bytes=0-9', 'if-range': date }, 206],
    [{ range: 'bytes=0-9', 'if-range': before }, 200],
    [{ range: 'bytes=0-9', 'if-none-match': etag }, 304],
  ])('answers %j with %i', (headers, status) => {
    expect(selectContent('GET', headers, asset.identity, modified).status).toBe(status)
  })

  it('gives no parts to a HEAD', () => {
    expect(selectContent('HEAD', { range: 'bytes=0-9' }, asset.identity, modified).status).toBe(200)
  })
})

describe('prepareAsset', () => {
  it('varies by all that the choice depends on, and by what the policy says', () => {
    const at = asset.headers.indexOf('vary')
    expect(asset.headers[at + 1]!.split(', ').sort()).toEqual(['Accept-Encoding', 'Available-Dictionary', 'Origin'])
    expect(picture.headers[picture.headers.indexOf('vary') + 1]).toBe('Accept')
    expect(asset.sharedHeaders).toEqual(expect.arrayContaining(['vary', 'cache-control']))
  })

  it('gives each form a tag of its own', () => {
    const forms = [asset.identity, ...asset.encoded, ...[...asset.deltas.values()].flat()]
    expect(new Set(forms.map(({ etag }) => etag)).size).toBe(6)
  })

  it('writes the pattern of a dictionary as a string of structured fields', () => {
    expect(asset.headers[asset.headers.indexOf('use-as-dictionary') + 1]).toBe(String.raw`match="/assets/a-\"*.js"`)
  })
})
