/** As many as a site has in use at a time, with countries. */
const MOST = 20_000

/** What was read or given a number lately: a map that does not grow without bound. Whatever is not in it can be looked up again. */
export class Remembered<Key, Value> {
  readonly #values = new Map<Key, Value>()

  get(key: Key): Value | undefined {
    return this.#values.get(key)
  }

  set(key: Key, value: Value): void {
    // Who invents keys makes all be looked up anew now and then; that costs less than knowing which was used last.
    if (this.#values.size >= MOST) this.#values.clear()
    this.#values.set(key, value)
  }

  clear(): void {
    this.#values.clear()
  }
}
