export type {
  DeliveredDelta,
  DeliveredDocument,
  DeliveredEncoding,
  DeliveredFile,
  DeliveredFormat,
  DeliveryManifest,
} from './manifest.ts'
export type { DeliveryOptions } from './options.ts'
export type { SpeculationOptions } from './links/speculation-rules.ts'
export { delivery, findDelivery } from './plugin.ts'
export type { DeliveryApi } from './plugin.ts'
export type { ResolvedDeliveryOptions } from './resolve-options.ts'
export { importHistory } from './archive/history/import-history.ts'
export type { HistoryRequest } from './archive/history/import-history.ts'
export type { FetchedHistory } from './archive/history/fetch-history.ts'
export type { ArchiveLimits } from './archive/plan-pruning.ts'
export { openArchive } from './archive/release-archive.ts'
export type { ContentSource, ReleaseArchive } from './archive/release-archive.ts'
export type {
  ArchivedContent,
  ArchivedFile,
  ArchivedModule,
  NameStem,
  ReleaseRecord,
} from './archive/release-record.ts'
export { parseAge } from './resolve-options.ts'
export { findRelease, rollbackRelease } from './rollback.ts'
export type { Rollback, RollbackRequest } from './rollback.ts'
export { manifestFile } from './write-delivery.ts'
export { renderDoctor } from './doctor/render-doctor.ts'
export { runDoctor } from './doctor/run-doctor.ts'
export type { DoctorOptions, DoctorReport } from './doctor/run-doctor.ts'
export type { Check, FindingGroup } from './doctor/findings.ts'
export type { Host } from './doctor/hosts.ts'
