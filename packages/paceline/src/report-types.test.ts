import type { CacheStatistics } from '@paceline/artifact-cache'
import type { CacheReport, CompressedFile, ImagesReport as ReportedImages } from '@paceline/build-graph'
import type { LedgerEntry } from '@paceline/compress'
import type { ImagesReport } from '@paceline/images'
import { expectTypeOf, test } from 'vitest'

// The plugins do not depend on the build graph, and hand their part of the report over without its types.
test('what plugins say fits into the report', () => {
  expectTypeOf<CacheStatistics>().toExtend<CacheReport>()
  expectTypeOf<LedgerEntry>().toExtend<CompressedFile>()
  expectTypeOf<ImagesReport>().toExtend<ReportedImages>()
})
