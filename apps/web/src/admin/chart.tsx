const [WIDTH, HEIGHT] = [120, 36];

interface ChartProps {
  readonly title: string;
  /** The newest value, as people read it. */
  readonly value: string;
  /** The oldest first. */
  readonly values: readonly number[];
}

/** A number and how it came to be that: a line from nothing to the highest of the values; one alone is level. */
export function Chart({ title, value, values }: ChartProps) {
  const drawn = values.length === 1 ? [...values, ...values] : values;
  const max = Math.max(...drawn, 1);
  const step = WIDTH / Math.max(drawn.length - 1, 1);
  const points = drawn.map((one, index) => `${index * step},${HEIGHT - (one / max) * (HEIGHT - 4) - 2}`);
  return (
    <figure className="rounded-panel border border-line bg-raised px-3 pt-2.5 pb-2">
      <figcaption>
        <span className="block truncate text-small text-soft">{title}</span>
        <span className="block font-semibold text-title tabular-nums">{value}</span>
      </figcaption>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-1 h-9 w-full text-accent"
      >
        <polygon
          points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`}
          fill="currentColor"
          opacity="0.14"
        />
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </figure>
  );
}
