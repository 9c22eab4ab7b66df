export { BEACON_PATH, MAX_BEACON_BYTES, MAX_BEACONS, MAX_NAME, MAX_OPERATIONS } from './beacon.ts'
export type {
  Beacon,
  BeaconBytes,
  BeaconCulprit,
  BeaconErrors,
  BeaconOperation,
  CacheCount,
  CacheCounts,
  CacheKind,
  CacheNotice,
  VitalName,
} from './beacon.ts'
export { formatBytes, formatDelta, parseBytes } from './bytes.ts'
export { encoders, encodings } from './encoders.ts'
export type { Encoding, Measure, ZlibCall } from './encoders.ts'
export { moveToEnd } from './end-of-build.ts'
export type { BuildStage } from './end-of-build.ts'
export { defineErrors, errorCodes, PacelineError } from './errors.ts'
export type { ErrorCatalogue, ErrorFactory } from './errors.ts'
export { fill } from './fill.ts'
export { viteFinder, viteVersionOf } from './find-vite.ts'
export { openGit } from './git/git.ts'
export type { Commit, Git } from './git/git.ts'
export { interruptible } from './git/interruptible.ts'
export { installModules, packageFiles } from './git/install-modules.ts'
export { LOCKFILES } from './git/lockfiles.ts'
export type { Lockfile } from './git/lockfiles.ts'
export { runCommand } from './git/run-command.ts'
export { withWorktree } from './git/worktree.ts'
export { listFiles } from './list-files.ts'
export { inNestedOutput } from './nested-outputs.ts'
export type { OutputConfig } from './nested-outputs.ts'
export { nearest, parseOptions } from './options.ts'
export { orLog } from './or-log.ts'
export { isOnlyOwnTimings } from './own-timings.ts'
export { comparablePath, isInside, pathInside } from './paths.ts'
export { ERROR_LINE, moduleAt, moduleAtError } from './positions.ts'
export type { FilePositions, Positions } from './positions.ts'
export { readManifest } from './read-manifest.ts'
export type { PackageManifest } from './read-manifest.ts'
export { findRouteLimits } from './route-limits.ts'
export type { RouteLimits, RouteLimitsApi, RouteNames } from './route-limits.ts'
export { resolveSla, slaOf } from './sla.ts'
export type { ResolvedSla, Sla, SlaLimits, SlaOperations } from './sla.ts'
export { writeAtomic } from './write-atomic.ts'
