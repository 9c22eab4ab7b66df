import sharp from 'sharp'
import { photographs } from '../images/photographs.ts'

const WIDTH = 640
const HEIGHT = 480
const STEP = 23

/** As many different photographs as are wanted, JPEG, 640 × 480: parts of those that the bench of images has. */
export async function cropPhotographs(count: number): Promise<Buffer[]> {
  const sources = count === 0 ? [] : photographs()
  const made: Buffer[] = []
  for (let index = 0; index < count; index++) {
    const { file } = sources[index % sources.length]!
    const { width, height } = await sharp(file).metadata()
    // Each time round, another part of the same photograph.
    const turn = Math.floor(index / sources.length) * STEP
    const left = turn % Math.max(1, width - WIDTH + 1)
    const top = (turn * 2) % Math.max(1, height - HEIGHT + 1)
    const part = { left, top, width: Math.min(WIDTH, width), height: Math.min(HEIGHT, height) }
    made.push(await sharp(file).extract(part).jpeg({ quality: 88 }).toBuffer())
  }
  return made
}
