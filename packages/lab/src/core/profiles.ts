import { nearest } from '@paceline/kit'
import { labError } from '../errors.ts'

/** A network and a processor to visit pages with. */
export interface Profile {
  readonly name: string
  /** Absent: as fast as it is. Throughput in bytes per second, latency in ms. */
  readonly network?: { readonly latency: number; readonly download: number; readonly upload: number }
  /** How many times slower than this machine. */
  readonly cpu: number
  readonly viewport: {
    readonly width: number
    readonly height: number
    readonly scale: number
    readonly mobile: boolean
  }
}

const PHONE: Profile['viewport'] = { width: 412, height: 823, scale: 1.75, mobile: true }
const DESK: Profile['viewport'] = { width: 1350, height: 940, scale: 1, mobile: false }

/**
 * DevTools delays requests, not packets, so a round trip of 150 ms is applied as 3.75 of them, and 0.9 of the throughput. The same figures as
 * Lighthouse with `--throttling-method=devtools`:
 * https://github.com/GoogleChrome/lighthouse/blob/main/core/config/constants.js
 */
const LATENCY_FACTOR = 3.75
const THROUGHPUT_FACTOR = 0.9

function network(roundTrip: number, downKbps: number, upKbps: number): NonNullable<Profile['network']> {
  const bytes = (kbps: number): number => (kbps * 1024 * THROUGHPUT_FACTOR) / 8
  return { latency: roundTrip * LATENCY_FACTOR, download: bytes(downKbps), upload: bytes(upKbps) }
}

export const PROFILES: Readonly<Record<string, Profile>> = {
  'slow-4g-4x': { name: 'slow-4g-4x', network: network(150, 1638.4, 750), cpu: 4, viewport: PHONE },
  'fast-3g-4x': { name: 'fast-3g-4x', network: network(300, 700, 700), cpu: 4, viewport: PHONE },
  desktop: {
    name: 'desktop',
    // A cable connection; requests of 40 ms, as in Lighthouse's desktop preset.
    network: { latency: 40, download: (10 * 1024 * 1024) / 8, upload: (10 * 1024 * 1024) / 8 },
    cpu: 1,
    viewport: DESK,
  },
  none: { name: 'none', cpu: 1, viewport: DESK },
}

/**
 * Reads `--profile`: a name, or a custom one as `rtt=100,down=5000,up=1000,cpu=2` (ms, kbit/s, kbit/s, times slower).
 *
 * @throws `PACELINE_LAB_PROFILE`
 */
export function profileOf(written: string): Profile {
  if (Object.hasOwn(PROFILES, written)) return PROFILES[written]!
  const custom = /^rtt=(\d+(?:\.\d+)?),down=(\d+(?:\.\d+)?),up=(\d+(?:\.\d+)?),cpu=(\d+(?:\.\d+)?)$/.exec(written)
  if (custom) {
    const [, rtt, down, up, cpu] = custom.map(Number) as [number, number, number, number, number]
    if (down > 0 && up > 0 && cpu >= 1) return { name: written, network: network(rtt, down, up), cpu, viewport: PHONE }
  }
  const near = nearest(written, Object.keys(PROFILES))
  const known = `Known: ${Object.keys(PROFILES).join(', ')}, or one of your own as \`rtt=100,down=5000,up=1000,cpu=2\`.`
  throw labError('PACELINE_LAB_PROFILE', [written, near === undefined ? known : `Did you mean \`${near}\`?`])
}
