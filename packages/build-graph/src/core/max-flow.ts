/** An edge of a flow network: from, to, and what it can carry. `Infinity` for what cannot be cut. */
export type FlowEdge = readonly [from: number, to: number, capacity: number]

/**
 * The cheapest set of edges without which `sink` cannot be reached from `source` (Dinic's algorithm; by the theorem of
 * Ford and Fulkerson it weighs as much as the greatest flow). Of several equally cheap sets the one nearest to the sink.
 *
 * @returns indices into `edges`; `undefined` when nothing but uncuttable edges would do
 */
export function minimumEdgeCut(
  nodes: number,
  edges: readonly FlowEdge[],
  source: number,
  sink: number,
): number[] | undefined {
  const network = new Network(nodes, edges)
  let flow = 0
  while (flow < Infinity && network.level(source, sink)) flow += network.block(source, sink)
  if (flow === Infinity) return undefined
  const reaching = network.reaching(sink)
  return edges.flatMap(([from, to], index) => (reaching[from] === 0 && reaching[to] === 1 ? [index] : []))
}

/** What the edges can still carry: edge `2i` is the i-th one, `2i + 1` the way back. */
class Network {
  readonly #ends: Int32Array
  readonly #rest: Float64Array
  readonly #around: number[][]
  readonly #level: Int32Array
  readonly #next: Int32Array

  constructor(nodes: number, edges: readonly FlowEdge[]) {
    this.#ends = new Int32Array(edges.length * 2)
    this.#rest = new Float64Array(edges.length * 2)
    this.#around = Array.from({ length: nodes }, () => [])
    this.#level = new Int32Array(nodes)
    this.#next = new Int32Array(nodes)
    edges.forEach(([from, to, capacity], index) => {
      this.#ends[index * 2] = to
      this.#ends[index * 2 + 1] = from
      this.#rest[index * 2] = capacity
      this.#around[from]!.push(index * 2)
      this.#around[to]!.push(index * 2 + 1)
    })
  }

  /** Distances from the source over what can still carry; whether the sink has one. */
  level(source: number, sink: number): boolean {
    this.#level.fill(-1)
    this.#next.fill(0)
    this.#level[source] = 0
    const queue = [source]
    for (const node of queue) {
      for (const edge of this.#around[node]!) {
        const to = this.#ends[edge]!
        if (this.#rest[edge] === 0 || this.#level[to] !== -1) continue
        this.#level[to] = this.#level[node]! + 1
        queue.push(to)
      }
    }
    return this.#level[sink] !== -1
  }

  /** Fills every shortest way, without recursion: import chains can be thousands long. */
  block(source: number, sink: number): number {
    let total = 0
    const path: number[] = []
    let node = source
    for (;;) {
      if (node === sink) {
        const amount = Math.min(...path.map((edge) => this.#rest[edge]!))
        for (const edge of path) {
          this.#rest[edge]! -= amount
          this.#rest[edge ^ 1]! += amount
        }
        total += amount
        if (amount === Infinity) return total
        path.length = 0
        node = source
        continue
      }
      const edge = this.#advance(node)
      if (edge !== undefined) {
        path.push(edge)
        node = this.#ends[edge]!
        continue
      }
      const back = path.pop()
      if (back === undefined) return total
      node = this.#ends[back ^ 1]!
      this.#next[node]!++
    }
  }

  #advance(node: number): number | undefined {
    const around = this.#around[node]!
    for (; this.#next[node]! < around.length; this.#next[node]!++) {
      const edge = around[this.#next[node]!]!
      if (this.#rest[edge]! > 0 && this.#level[this.#ends[edge]!] === this.#level[node]! + 1) return edge
    }
    return undefined
  }

  /** Nodes from which something could still flow into `sink`. */
  reaching(sink: number): Uint8Array {
    const seen = new Uint8Array(this.#around.length)
    seen[sink] = 1
    const queue = [sink]
    for (const node of queue) {
      for (const edge of this.#around[node]!) {
        const from = this.#ends[edge]!
        if (seen[from] === 1 || this.#rest[edge ^ 1] === 0) continue
        seen[from] = 1
        queue.push(from)
      }
    }
    return seen
  }
}
