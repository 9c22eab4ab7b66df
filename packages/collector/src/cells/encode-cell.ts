import type { VitalName } from '@paceline/kit'
import type { Cell } from './cell.ts'
import { COUNTS, emptyCell, VITALS } from './cell.ts'
import type { Buckets } from '../sketch/buckets.ts'
import type { Tally } from './tally.ts'
import { emptyTally } from './tally.ts'
import { ByteReader, ByteWriter } from './varint.ts'

/*
 * A cell takes some hundred bytes: variable-length numbers, and buckets as differences. Layout, version 2:
 *   cell  = version (number of counts) counts… (vital + 1 tally)… 0
 *   tally = n good poor judged (judged > 0: limit within) size (bucket − the one before, count)…
 */
const VERSION = 2
/** Version 1 did not say how many counts there are. */
const COUNTS_OF_1 = 12

export function encodeCell(cell: Cell): Uint8Array {
  const writer = new ByteWriter()
  writer.unsigned(VERSION)
  writer.unsigned(COUNTS.length)
  for (const name of COUNTS) writer.unsigned(cell[name])
  for (const [index, name] of VITALS.entries()) {
    const tally = cell.vitals.get(name)
    if (!tally || tally.n === 0) continue
    writer.unsigned(index + 1)
    writeTally(writer, tally)
  }
  writer.unsigned(0)
  return writer.bytes()
}

/** Takes the buckets of a tally while it is read. */
export interface BucketSink {
  add(bucket: number, count: number): void
}

/** @throws RangeError when the bytes are no cell */
export function decodeCell(bytes: Uint8Array): Cell {
  return readCell(bytes)
}

/**
 * Reads a cell. With a sink the buckets of its vitals go there, and not into the cell.
 *
 * @throws RangeError when the bytes are no cell
 */
export function readCell(bytes: Uint8Array, sinkOf?: (name: VitalName) => BucketSink): Cell {
  const reader = new ByteReader(bytes)
  const counts = readVersion(reader) === 1 ? COUNTS_OF_1 : reader.unsigned()
  const cell = emptyCell()
  for (let place = 0; place < counts; place++) {
    const value = reader.unsigned()
    const name = COUNTS[place]
    // A collector that is newer than this one counts more.
    if (name !== undefined) cell[name] = value
  }
  for (let number = reader.unsigned(); number !== 0; number = reader.unsigned()) {
    const name = VITALS[number - 1]
    if (name === undefined) throw new RangeError(`Vital ${number} is unknown.`)
    cell.vitals.set(name, readTally(reader, sinkOf?.(name)))
  }
  return cell
}

export function encodeTally(tally: Tally): Uint8Array {
  const writer = new ByteWriter()
  writer.unsigned(VERSION)
  writeTally(writer, tally)
  return writer.bytes()
}

/** @throws RangeError when the bytes are no tally */
export function decodeTally(bytes: Uint8Array): Tally {
  return readTallyBytes(bytes)
}

/**
 * Reads a tally. With a sink its buckets go there, and not into the tally.
 *
 * @throws RangeError when the bytes are no tally
 */
export function readTallyBytes(bytes: Uint8Array, sink?: BucketSink): Tally {
  const reader = new ByteReader(bytes)
  readVersion(reader)
  return readTally(reader, sink)
}

function readVersion(reader: ByteReader): number {
  const version = reader.unsigned()
  if (version < 1 || version > VERSION) {
    throw new RangeError(`A cell has version ${version}; versions 1 to ${VERSION} can be read.`)
  }
  return version
}

function writeTally(writer: ByteWriter, tally: Tally): void {
  for (const value of [tally.n, tally.good, tally.poor, tally.judged]) writer.unsigned(value)
  if (tally.judged > 0) {
    writer.float(tally.limit)
    writer.unsigned(tally.within)
  }
  const buckets = [...tally.buckets].toSorted(([a], [b]) => a - b)
  writer.unsigned(buckets.length)
  let last = 0
  for (const [bucket, sum] of buckets) {
    writer.signed(bucket - last)
    writer.unsigned(sum)
    last = bucket
  }
}

/** Of tallies whose buckets went elsewhere: thousands are read for one answer, and a map for each is half of the garbage. */
const NO_BUCKETS: Buckets = new Map()

function readTally(reader: ByteReader, sink?: BucketSink): Tally {
  const tally = sink ? emptyTally(NO_BUCKETS) : emptyTally()
  tally.n = reader.unsigned()
  tally.good = reader.unsigned()
  tally.poor = reader.unsigned()
  tally.judged = reader.unsigned()
  if (tally.judged > 0) {
    tally.limit = reader.float()
    tally.within = reader.unsigned()
  }
  let bucket = 0
  for (let left = reader.unsigned(); left > 0; left--) {
    bucket += reader.signed()
    if (sink) sink.add(bucket, reader.unsigned())
    else tally.buckets.set(bucket, reader.unsigned())
  }
  return tally
}
