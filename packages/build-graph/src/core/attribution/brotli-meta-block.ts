import type { BitReader } from './bit-reader.ts'
import { BlockSwitch, readCount } from './brotli-block-switch.ts'
import { CONTEXT_MODE_BITS, DISTANCE_CONTEXT_BITS, LITERAL_CONTEXT_BITS, readContextMap } from './brotli-context.ts'
import { type DistanceFormat, distanceSymbols } from './brotli-distances.ts'
import type { PrefixCodes } from './brotli-prefix-code.ts'

const LITERALS = 256
const COMMANDS = 704

/** All that a compressed meta-block's header says about how to read its commands. Places are those in `table`. */
export interface MetaBlock {
  readonly table: Int32Array
  readonly literals: BlockSwitch
  readonly commands: BlockSwitch
  readonly distances: BlockSwitch
  /** Place of the context tables of each literal block type. */
  readonly contextModes: Int32Array
  /** Place of the literal code, by block type and context. */
  readonly literalCodes: Int32Array
  /** Place of the insert-and-copy code, by block type. */
  readonly commandCodes: Int32Array
  /** Place of the distance code, by block type and context. */
  readonly distanceCodes: Int32Array
  readonly distanceFormat: DistanceFormat
}

/** Reads the header of a compressed meta-block from the block types on (RFC 7932, 9.2). */
export function readMetaBlock(reader: BitReader, codes: PrefixCodes): MetaBlock {
  codes.clear()
  const literals = new BlockSwitch(reader, codes)
  const commands = new BlockSwitch(reader, codes)
  const distances = new BlockSwitch(reader, codes)
  const postfixBits = reader.take(2)
  const distanceFormat = { postfixBits, direct: reader.take(4) << postfixBits }
  const contextModes = new Int32Array(literals.types)
  for (let type = 0; type < literals.types; type++) contextModes[type] = reader.take(2) << CONTEXT_MODE_BITS
  const literalTrees = readCount(reader)
  const literalMap = readContextMap(reader, codes, literals.types << LITERAL_CONTEXT_BITS, literalTrees)
  const distanceTrees = readCount(reader)
  const distanceMap = readContextMap(reader, codes, distances.types << DISTANCE_CONTEXT_BITS, distanceTrees)
  const literalPlaces = readCodes(reader, codes, literalTrees, LITERALS)
  const commandCodes = readCodes(reader, codes, commands.types, COMMANDS)
  const distancePlaces = readCodes(reader, codes, distanceTrees, distanceSymbols(distanceFormat))
  return {
    // Last, since reading a code may move the table.
    table: codes.table,
    literals,
    commands,
    distances,
    contextModes,
    literalCodes: Int32Array.from(literalMap, (tree) => literalPlaces[tree]!),
    commandCodes,
    distanceCodes: Int32Array.from(distanceMap, (tree) => distancePlaces[tree]!),
    distanceFormat,
  }
}

function readCodes(reader: BitReader, codes: PrefixCodes, count: number, symbols: number): Int32Array {
  const places = new Int32Array(count)
  for (let index = 0; index < count; index++) places[index] = codes.read(reader, symbols)
  return places
}
