import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { seeded } from '@paceline/testkit/seeded'
import type { StreamCosts } from '../stream-costs.ts'

export function randomBytes(length: number, seed: number): Uint8Array {
  const random = seeded(seed)
  return Uint8Array.from({ length }, () => Math.floor(random() * 256))
}

/** The JavaScript files of an installed package's folder, largest first: real code, the same for everybody with this lockfile. */
export function packageCode(name: string, folder: string): Uint8Array[] {
  const root = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.js'))
  return files
    .sort()
    .map((file) => readFileSync(join(root, folder, file)))
    .sort((a, b) => b.length - a.length)
}

/** 1.4 MB of code. */
export const code: Uint8Array = Buffer.concat(packageCode('vite', 'dist/node/chunks')).subarray(0, 1_400_000)

/** Common words, capitals, punctuation, entities, umlauts: what brotli's dictionary and its transforms are made for. */
export function prose(words: number, seed: number): Uint8Array {
  const random = seeded(seed)
  const stock = [
    'the time',
    'Information',
    'GOVERNMENT',
    'about',
    'left',
    'Straße',
    'über',
    'данные',
    '時間',
    'http://www.',
  ]
  const glue = [
    ' ',
    ', ',
    '. The ',
    ' of the ',
    '="',
    "='",
    '.com/',
    ' and ',
    '">\n',
    '(',
    '\n\t',
    'ing ',
    ' in ',
    's ',
  ]
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!
  return Buffer.from(Array.from({ length: words }, () => pick(stock) + pick(glue)).join(''))
}

/** What every combination of encoder options is tried on. */
export const samples: Readonly<Record<string, Uint8Array>> = {
  empty: new Uint8Array(0),
  'one byte': Uint8Array.of(0x61),
  'two bytes': Uint8Array.of(0, 255),
  random: randomBytes(40_000, 1),
  'one byte over and over': new Uint8Array(100_000).fill(7),
  'a period of 3': Uint8Array.from({ length: 50_000 }, (_, index) => index % 3),
  prose: prose(3_000, 2),
  code: code.subarray(0, 150_000),
  'code, then random, then code': Buffer.concat([
    code.subarray(0, 90_000),
    randomBytes(70_000, 3),
    code.subarray(50_000, 99_999),
  ]),
}

/** The sum with the rounding errors of adding made good (Neumaier), so that those of charging show. */
export function sum(values: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

export function farthestApart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let farthest = a.length === b.length ? 0 : Infinity
  for (let index = 0; index < a.length; index++) farthest = Math.max(farthest, Math.abs(a[index]! - b[index]!))
  return farthest
}

/** Bits of the stream that are charged to nobody or charged twice. */
export function bitsOff({ perByte, container }: StreamCosts, stream: Uint8Array): number {
  return Math.abs(sum(perByte) + container - 8 * stream.length)
}
