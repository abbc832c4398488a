import { expect, test } from 'bun:test';
import type { Figures } from '@maru/protocol';
import { sampleOf } from './sample.ts';

const figures: Figures = {
  at: 10_000,
  startedAt: 1_000,
  version: '0.1.0',
  sessions: 3,
  polledSessions: 0,
  framesReceived: 100,
  framesSent: 300,
  slowSessions: 0,
  rateLimited: 0,
  logInFailures: 0,
  deadLetters: 0,
  commitQueue: 2,
  viewsLag: 1,
  machine: { memoryBytes: 5_000_000, cpuMs: 1_000, dataBytes: 0, freeBytes: 0 },
};
const later = {
  ...figures,
  at: 14_000,
  framesReceived: 120,
  framesSent: 340,
  machine: { memoryBytes: 6_000_000, cpuMs: 1_200, dataBytes: 0, freeBytes: 0 },
};

test('totals become rates by the look before', () => {
  expect(sampleOf(figures, undefined)).toEqual({ sessions: 3, queue: 3, memory: 5_000_000 });
  expect(sampleOf(later, figures)).toEqual({
    sessions: 3,
    queue: 3,
    memory: 6_000_000,
    received: 5,
    sent: 10,
    // 200 ms of processor time in four seconds.
    cpu: 5,
  });
});

test('of a server that began anew there is no rate, and none below nothing', () => {
  expect(sampleOf({ ...later, startedAt: 12_000 }, figures).received).toBeUndefined();
  expect(sampleOf(figures, figures).sent).toBeUndefined();
  expect(sampleOf({ ...later, framesSent: 0 }, figures).sent).toBe(0);
});
