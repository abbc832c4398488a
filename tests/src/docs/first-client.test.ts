import { expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';

const PAGE = path.resolve(import.meta.dir, '../../../docs/write-your-own-client.md');
const LINES_MAX = 80;

test('the client on the page signs up, connects, sends, receives and resumes, in under 80 lines', async () => {
  const program = /```js\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  expect(program.trimEnd().split('\n').length).toBeLessThan(LINES_MAX);
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const server = stack.use(await ServerProcess.start());
  const file = path.join(folder.path, 'first-client.mjs');
  writeFileSync(file, program);
  const client = Bun.spawn([process.execPath, file, server.url], { stdout: 'pipe', stderr: 'inherit' });
  expect(await new Response(client.stdout).text()).toBe(
    'received live: 2\nreceived on return: Are you still there? · unread: 2\n',
  );
  expect(await client.exited).toBe(0);
});
