import { expect } from 'bun:test';

const TURNS_MAX = 600;
const TURN_MS = 50;

/** Expects that something comes to be so: who looks at once may look before it is drawn. */
export async function becomes<T>(read: () => T | Promise<T>, wanted: T): Promise<void> {
  for (let turns = 0; turns < TURNS_MAX && !Bun.deepEquals(await read(), wanted); turns++)
    await Bun.sleep(TURN_MS);
  const found: unknown = await read();
  expect(found).toEqual(wanted);
}
