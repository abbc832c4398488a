import { describe, expect, test } from 'bun:test';
import type { TransportOption } from '@maru/client';
import { Simulation } from './simulation.ts';
import { readTruth } from './truth.ts';

/** Stories in one run of the gate; more with MARU_SIMULATION_SEEDS, from MARU_SIMULATION_FIRST on. */
const SEEDS = Number(process.env.MARU_SIMULATION_SEEDS ?? 2_000);
const FIRST = Number(process.env.MARU_SIMULATION_FIRST ?? 1);
const PER_TEST = 250;

async function play(seed: number, transport?: TransportOption): Promise<Simulation> {
  const simulation = new Simulation(seed, transport);
  try {
    await simulation.run();
  } catch (cause) {
    const story = simulation.trace.join('\n');
    throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}\n${story}`, { cause });
  }
  return simulation;
}

describe('[WIRE8][WIRE9][POLL1][POLL2][ORD1][ORD3][ORD4][DUR1][DUR6][ONCE1][ONCE6][SYNC1][SYNC3][SYNC4][SYNC5][SYNC8][UNREAD5] devices, drops, delays, deaths, over each transport', () => {
  for (let from = FIRST; from < FIRST + SEEDS; from += PER_TEST) {
    const to = Math.min(from + PER_TEST, FIRST + SEEDS) - 1;
    test(`seeds ${from} to ${to} end with everybody in step`, async () => {
      for (let seed = from; seed <= to; seed++) await play(seed);
    }, 600_000);
  }
});

describe('seeds that once failed', () => {
  test.each([
    [15, 'a device that left waited for ever for the event of its own accepted send'],
    [97, 'a send refused for a full disk was overtaken by those behind it'],
    [184, 'who came back to a room still saw what was deleted while away'],
    [355, 'a room that began anew told that nothing was delivered'],
    [2221, 'a ticket that a restarted server did not know was reported as a fault'],
  ])('%d: %s', async (seed) => {
    // Found when there were sockets alone.
    await play(seed, 'websocket');
  });
});

test('[ORD5] a seed plays the same story twice, to the last id', async () => {
  const tell = async (seed: number) => {
    const simulation = await play(seed);
    const rooms = await readTruth(simulation.server.engine);
    return { trace: simulation.trace, rooms: [...rooms].map(([room, { events }]) => [room, events]) };
  };
  for (const seed of [7, 8, 9]) expect(await tell(seed)).toEqual(await tell(seed));
});
