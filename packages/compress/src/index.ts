export { defineAlgorithm } from './algorithms.ts'
export type { AlgorithmFunction, AlgorithmName, AlgorithmOption, DefinedAlgorithm } from './algorithms.ts'
export type { LedgerEntry } from './core/ledger.ts'
export type { CompressOptions, CopiedArtifact, FilenameDetails, FilterPattern, HighMemoryOptions } from './options.ts'
// vite-plugin-compression2 is imported by either name.
export { compress, compress as compression, compress as default } from './plugin.ts'
