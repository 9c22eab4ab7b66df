/** A process that reads, writes, prunes and clears a directory as others do at the same time. Prints what it saw. */
import { createHash } from 'node:crypto'
import { diskTier } from '../disk/disk-tier.ts'
import { pruneDisk } from '../disk/prune-disk.ts'

const [dir = '', seed = '1'] = process.argv.slice(2)
const tier = diskTier(dir)
const seen = { hits: 0, wrong: 0, damaged: 0, pruned: 0 }

/** The bytes that belong to a key: everybody writes the same, as everybody who makes an artifact does. */
function bytesOf(key: string): Buffer {
  return createHash('sha512').update(key).digest()
}

for (let round = 0; round < 300; round++) {
  const key = `app:kind:${(round * Number(seed) * 7) % 40}`
  const found = await tier.get(key)
  if (found === 'damaged') seen.damaged++
  else if (found === undefined) await tier.put(key, { bytes: bytesOf(key), info: { key }, ms: 1 })
  else if (bytesOf(key).equals(found.bytes) && found.info.key === key) seen.hits++
  else seen.wrong++
  if (round % 100 === 50) {
    await pruneDisk(dir, { maxSize: 4000, maxAge: 86_400_000 })
    seen.pruned++
  }
}
process.stdout.write(JSON.stringify(seen))
