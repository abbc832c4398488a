/**
 * Latencies in buckets whose width grows with the value, so that every percentile is exact to under 1 % (the idea of
 * HdrHistogram). The same buckets as in bench/load/histogram.c. Values are nanoseconds.
 */
const BITS = 7;
const SMALL = 1 << BITS;
const BUCKETS = 58 << BITS;

export class Histogram {
  readonly #buckets = new Float64Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  get max(): number {
    return this.#max;
  }

  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  add(ns: number): void {
    const value = Math.max(0, Math.floor(ns));
    const bucket = bucketOf(value);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
    this.#max = Math.max(this.#max, value);
  }

  /** The value below or at which the fraction (0 to 1) of all lies: its bucket's upper edge, at most the maximum. */
  at(fraction: number): number {
    const wanted = Math.max(1, Math.ceil(fraction * this.#count - 1e-6));
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#buckets[bucket] ?? 0;
      if (seen >= wanted) return Math.min(upperEdge(bucket), this.#max);
    }
    return this.#max;
  }
}

function bucketOf(ns: number): number {
  if (ns < SMALL) return ns;
  // Division, as numbers beyond 2^31 don't shift.
  const shift = Math.floor(Math.log2(ns)) - BITS;
  const mantissa = Math.floor(ns / 2 ** shift);
  // log2 may round up to the next power just below it.
  if (mantissa < SMALL) return (shift << BITS) + SMALL - 1;
  return ((shift + 1) << BITS) + mantissa - SMALL;
}

function upperEdge(bucket: number): number {
  if (bucket < SMALL) return bucket;
  const shift = (bucket >> BITS) - 1;
  return ((bucket & (SMALL - 1)) + SMALL + 1) * 2 ** shift - 1;
}
