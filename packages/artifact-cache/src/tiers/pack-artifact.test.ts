import { expect, it } from 'vitest'
import { artifact } from '../testing/samples.ts'
import { packArtifact, unpackArtifact } from './pack-artifact.ts'

it('gives back what was packed', () => {
  for (const length of [0, 1, 5000]) {
    const packed = artifact(length, { text: 'ü', list: [1, null] })
    expect(unpackArtifact('key', packArtifact('key', packed))).toEqual(packed)
  }
})

it('knows a value in which any bit is another, that is cut off, or that lay under another key', () => {
  const packed = packArtifact('key', artifact(40))
  for (let bit = 0; bit < packed.byteLength * 8; bit++) {
    const flipped = Buffer.from(packed)
    flipped[bit >>> 3]! ^= 1 << (bit & 7)
    expect(unpackArtifact('key', flipped)).toBeUndefined()
  }
  for (let length = 0; length < packed.byteLength; length++) {
    expect(unpackArtifact('key', packed.subarray(0, length))).toBeUndefined()
  }
  expect(unpackArtifact('key', Buffer.concat([packed, Buffer.from('x')]))).toBeUndefined()
  expect(unpackArtifact('other', packed)).toBeUndefined()
})
