import { expect, test } from 'vitest'
import { profileOf } from './profiles.ts'

test("slow-4g-4x has the figures of Lighthouse's mobileSlow4G for devtools", () => {
  const { network, cpu } = profileOf('slow-4g-4x')
  // core/config/constants.js of Lighthouse 13: requestLatencyMs 562.5, downloadThroughputKbps 1474.56, upload 675.
  expect(network?.latency).toBe(562.5)
  expect((network!.download * 8) / 1024).toBeCloseTo(1474.56)
  expect((network!.upload * 8) / 1024).toBeCloseTo(675)
  expect(cpu).toBe(4)
})

test('a profile of your own is read, and what is none is refused with the nearest name', () => {
  expect(profileOf('rtt=100,down=5000,up=1000,cpu=2')).toMatchObject({ cpu: 2, network: { latency: 375 } })
  expect(() => profileOf('slow-4g')).toThrow(/Did you mean `slow-4g-4x`/)
  expect(() => profileOf('rtt=1,down=0,up=1,cpu=2')).toThrow(/Known: slow-4g-4x/)
})
