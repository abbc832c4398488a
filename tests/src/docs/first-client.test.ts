import { expect, test } from 'bun:test';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { firstClient, runFirstClient } from './first-client.ts';

const LINES_MAX = 80;

test('the client on the page signs up, connects, sends, receives and resumes, in under 80 lines', async () => {
  expect(firstClient().trimEnd().split('\n').length).toBeLessThan(LINES_MAX);
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(temporaryFolder());
  const server = stack.use(await ServerProcess.start());
  expect(await runFirstClient(folder.path, server.url)).toEqual({
    said: 'received live: 2\nreceived on return: Are you still there? · unread: 2\n',
    code: 0,
  });
});
