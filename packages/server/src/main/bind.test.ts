import { expect, test } from 'bun:test';
import { bind } from './bind.ts';
import { StartError } from './start-error.ts';

function complaint(code: string): string {
  try {
    bind({ host: '192.0.2.1', port: 443, flags: { host: '--host', port: '--port' } }, () => {
      throw Object.assign(new Error('failed'), { code });
    });
  } catch (error) {
    if (error instanceof StartError) return error.message;
  }
  return 'none';
}

test.each([
  ['EACCES', ['Port 443', '--port', 'CAP_NET_BIND_SERVICE', 'setcap', process.execPath]],
  ['EADDRINUSE', ['Port 443 on 192.0.2.1 is in use', '--port']],
  ['EADDRNOTAVAIL', ['192.0.2.1', '--host']],
])('%s is said in one line that says what to do', (code, parts) => {
  const line = complaint(code);
  for (const part of parts) expect(line).toContain(part);
  expect(line).not.toContain('\n');
});
