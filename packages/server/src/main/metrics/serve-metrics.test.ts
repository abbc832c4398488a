import { expect, test } from 'bun:test';
import { createMeters } from './meters.ts';
import { serveMetrics } from './serve-metrics.ts';

async function statusOf(metrics: { readonly port: number | undefined }, host: string): Promise<number> {
  const url = `http://127.0.0.1:${metrics.port}/metrics`;
  return (await fetch(url, { headers: { host } })).status;
}

test('[PRIV10] metrics of this machine alone are read under no name that others give it', async () => {
  await using metrics = serveMetrics(createMeters(), '127.0.0.1', 0);
  expect(await statusOf(metrics, 'localhost')).toBe(200);
  expect(await statusOf(metrics, `127.0.0.1:${metrics.port}`)).toBe(200);
  expect(await statusOf(metrics, 'evil.example')).toBe(403);
});

test('metrics that others are to reach are read under whatever name they have', async () => {
  await using metrics = serveMetrics(createMeters(), '0.0.0.0', 0);
  expect(await statusOf(metrics, 'prometheus.example.org')).toBe(200);
});
