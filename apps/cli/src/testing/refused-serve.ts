import { expect } from 'bun:test';
import { maru } from './running-server.ts';

/** What `maru serve ARGS`, called wrongly, says in one line; without the web app, of which a line is said where it is not built. */
export async function refusedServe(...args: string[]): Promise<string> {
  const { code, out, err } = await maru('serve', '--web', 'off', ...args);
  expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 2 });
  return err;
}
