/** As bench/load/http.c. */
import { readFileSync } from 'node:fs';
import type { LoadResults } from '../load/generator.ts';
import type { Plan } from '../load/plan.ts';
import { Histogram } from '../measure/histogram.ts';
import type { Options } from './options.ts';
import { latencyOf } from './report.ts';

export async function http(options: Options, plan: Plan): Promise<LoadResults['http']> {
  const paths = readFileSync(options.text('paths'), 'utf8').trim().split('\n');
  const headers = { authorization: `Bearer ${plan.tokens[0]}` };
  const count = options.number('count', 1_000);
  const latency = new Histogram();
  let bytes = 0;
  for (let i = -options.number('warmup', 50); i < count; i++) {
    const path = paths[(i + paths.length * 1_000) % paths.length];
    const begin = Bun.nanoseconds();
    const response = await fetch(`http://127.0.0.1:${options.text('port')}${path}`, { headers });
    const body = await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`the server said ${response.status}`);
    if (i < 0) continue;
    latency.add(Bun.nanoseconds() - begin);
    bytes += body.byteLength;
  }
  return { bytesEach: bytes / count, answer: latencyOf(latency) };
}
