/** Facts that say whether Chromium's own sandbox can be expected to start. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Effective user id, where the platform has one. */
  readonly uid: number | undefined
  /** Whether we run inside a container. */
  readonly container: boolean
}

/** For places without a user's sandbox, screen or network: as quiet as Chromium gets. */
export const CONTAINED_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The flags to start Chromium with. `PACELINE_CHROMIUM_FLAGS` decides when it is set, even to nothing. Chromium refuses
 * to start its sandbox as root on Linux, and CI's containers rarely allow it; on people's machines the sandbox stays.
 */
export function chromiumFlags({ platform, env, uid, container }: Surroundings): readonly string[] {
  const given = env['PACELINE_CHROMIUM_FLAGS']
  if (given !== undefined) return given.split(/\s+/).filter((flag) => flag !== '')
  const rootOnLinux = platform === 'linux' && uid === 0
  const containedCi = container && isOn(env['CI'])
  return rootOnLinux || containedCi ? CONTAINED_FLAGS : []
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
