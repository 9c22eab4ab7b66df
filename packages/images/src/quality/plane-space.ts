/**
 * Memory for the planes of one picture after the other. They are megabytes each, and a search makes dozens of them: what the garbage
 * collector has not come to yet was more than half of what a search took.
 */
export class PlaneSpace {
  #memory: Float32Array<ArrayBuffer> = new Float32Array(0)
  #used = 0

  /** Takes back all planes, and makes room for as many numbers. */
  begin(length: number): void {
    if (length > this.#memory.length) this.#memory = new Float32Array(length)
    this.#used = 0
  }

  /** A plane of zeros, until the next `begin`. */
  take(length: number): Float32Array {
    const start = this.#used
    this.#used += length
    // Who asks for more than was said gets it, and leaves it to the collector.
    if (this.#used > this.#memory.length) return new Float32Array(length)
    return this.#memory.subarray(start, this.#used).fill(0)
  }

  /** Gives the memory back at once; the planes in it are empty from now on. */
  release(): void {
    this.#memory.buffer.transfer(0)
    this.#memory = new Float32Array(0)
    this.#used = 0
  }

  /** Whether all planes of the picture had room. */
  get isEnough(): boolean {
    return this.#used <= this.#memory.length
  }
}
