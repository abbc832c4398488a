import { expect } from 'bun:test';
import { maru } from './running-server.ts';

/** What `maru serve ARGS`, called wrongly, says in one line. */
export async function refusedServe(...args: string[]): Promise<string> {
  const { code, out, err } = await maru('serve', ...args);
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
  return err;
}
