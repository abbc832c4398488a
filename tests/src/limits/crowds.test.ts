import { expect, test } from 'bun:test';
import path from 'node:path';
import { seedPeople } from '../processes/people.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { Bystanders } from './bystanders.ts';
import type { Flooded } from './flood-process.ts';
import { postFrom } from './post-from.ts';
import { RawConnection } from './raw-connection.ts';

// The limits are those that a server has by itself. All of 127.0.0.0/8 is this machine on Linux and Windows; on macOS
// only 127.0.0.1 is.
const otherAddress = process.platform === 'darwin' ? undefined : '127.0.0.2';
const skipped = otherAddress === undefined ? ' (skipped: this system has one loopback address)' : '';
const LOG_IN = '/v1/sessions';
const NOBODY = { handle: 'nobody', password: 'a guess', device: { name: 'laptop' } };

async function serve(stack: AsyncDisposableStack) {
  const dataFolder = path.join(stack.use(temporaryFolder()).path, 'data');
  const people = await seedPeople(dataFolder, ['가영', 'Bo', 'Crowd']);
  const server = stack.use(await ServerProcess.start({ dataFolder }));
  const bystanders = stack.use(await Bystanders.meet(server.url, people));
  const [token = ''] = people[2]?.devices.map((device) => device.token) ?? [];
  return { server, bystanders, token };
}

test(
  '[LIMIT6][SLOW2] 10 MB a second from one device: refused with the time to wait, then cut; two who talk beside it miss nothing',
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders, token } = await serve(stack);
    const script = path.join(import.meta.dir, 'flood-process.ts');
    const flood = Bun.spawn([process.execPath, script, String(server.port)], {
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'inherit',
    });
    stack.defer(() => flood.kill());
    flood.stdin.write(`${token}\n`);
    await flood.stdin.flush();
    await bystanders.talk(200);
    await flood.stdin.end();
    const met = (await new Response(flood.stdout).json()) as Flooded;
    expect(await bystanders.faults()).toEqual([]);
    expect(met.refused).toBeGreaterThan(0);
    expect(met.cut).toBeGreaterThan(0);
    expect(met).toMatchObject({ untold: 0, otherCodes: [] });
  },
  { timeout: 60_000 },
);

test.skipIf(otherAddress === undefined)(
  `[LIMIT6][LIMIT8] 1,000 log-ins at once from one address: most are told when to come again; others log in, and talk goes on${skipped}`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders } = await serve(stack);
    const crowd = Promise.all(
      Array.from({ length: 1_000 }, () => postFrom('127.0.0.1', server.port, LOG_IN, NOBODY)),
    );
    const talk = bystanders.talk(60);
    const other = await postFrom(otherAddress ?? '', server.port, LOG_IN, NOBODY);
    expect(['invalid-credentials', 'busy']).toContain(other.body.code);
    const answers = await crowd;
    await talk;
    const codes = Map.groupBy(answers, ({ body }) => body.code);
    expect(
      [...codes.keys()].every((code) => ['invalid-credentials', 'busy', 'rate-limited'].includes(code)),
    ).toBeTrue();
    // A minute's worth at once, and what comes anew while they are answered.
    expect(codes.get('rate-limited')?.length).toBeGreaterThan(800);
    for (const { status, retryAfter, body } of codes.get('rate-limited') ?? []) {
      expect({ status, retryable: body.retryable }).toEqual({ status: 429, retryable: true });
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
    expect(await bystanders.faults()).toEqual([]);
  },
  { timeout: 60_000 },
);

test.skipIf(otherAddress === undefined)(
  `[LIMIT6] a thousand sockets from one address: as many as are allowed, the others are told when to come; another address gets in${skipped}`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, bystanders, token } = await serve(stack);
    const talk = bystanders.talk(60);
    const crowd = await Promise.all(Array.from({ length: 1_000 }, () => RawConnection.open(server.port)));
    for (const raw of crowd) stack.use(raw);
    using other = await RawConnection.session(server.port, { token, localAddress: otherAddress ?? '' });
    expect(other.status).toBe(101);
    const refused = crowd.filter(({ status }) => status === 429);
    const opened = crowd.filter(({ status }) => status === 101);
    expect(refused.length + opened.length).toBe(1_000);
    // The bystanders have two of the five hundred.
    expect(opened.length).toBeLessThanOrEqual(498);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBeTrue();
    await talk;
    expect(await bystanders.faults()).toEqual([]);
  },
  { timeout: 60_000 },
);
