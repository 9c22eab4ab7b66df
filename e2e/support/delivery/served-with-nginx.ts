import { join } from 'node:path'
import { startNginx } from '@paceline/testkit'
import type { Site } from '../serve-site.ts'

/** nginx with the configuration that the build wrote. */
export async function servedWithNginx(root: string): Promise<Site> {
  const configuration = join(root, '.paceline/delivery/nginx')
  let stop = async (): Promise<void> => {}
  const { origin, reload } = await startNginx({
    http: `include ${configuration}/http.conf;`,
    server: `include ${configuration}/server.conf;`,
    atEnd: (end) => void (stop = end),
  })
  return { url: origin, close: () => stop(), redeployed: reload }
}
