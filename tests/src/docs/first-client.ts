import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PAGE = path.resolve(import.meta.dir, '../../../docs/write-your-own-client.md');

/** The client on the page about writing one. */
export function firstClient(): string {
  return /```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
}

/** Runs it from `folder` against a server, and gives what it says and the code with which it ends. */
export async function runFirstClient(
  folder: string,
  url: string,
  env: Readonly<Record<string, string>> = {},
) {
  const file = path.join(folder, 'first-client.mjs');
  writeFileSync(file, firstClient());
  const client = Bun.spawn([process.execPath, file, url], {
    env: { ...process.env, ...env },
    stdout: 'pipe',
    stderr: 'inherit',
  });
  return { said: await new Response(client.stdout).text(), code: await client.exited };
}
