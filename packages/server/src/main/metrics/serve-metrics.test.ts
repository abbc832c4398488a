import { expect, test } from 'bun:test';
import { createMeters } from './meters.ts';
import { serveMetrics } from './serve-metrics.ts';

test('[PRIV10] metrics of this machine alone are read under no name that others give it', async () => {
  await using metrics = serveMetrics(createMeters(), '127.0.0.1', 0);
  const ask = async (host: string) => {
    const url = `http://127.0.0.1:${metrics.port}/metrics`;
    return (await fetch(url, { headers: { host } })).status;
  };
  expect(await ask('localhost')).toBe(200);
  expect(await ask(`127.0.0.1:${metrics.port}`)).toBe(200);
  expect(await ask('evil.example')).toBe(403);
});
