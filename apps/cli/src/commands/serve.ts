import {
  ConfigError,
  faultFields,
  type GivenFlags,
  readConfig,
  StartError,
  settings,
  startServer,
  stopSignal,
} from '@maru/server';
import { type Command, UsageError } from '../command.ts';
import { qrCode } from '../terminal/qr-code.ts';

/** How long a drain may take before the process ends without its end. */
const DRAIN_MS_MAX = 9_000;

/** `maru serve`: runs until it is told to stop, or until its storage breaks. */
export const serve: Command = {
  about: [
    'Runs a Maru server. Every option may also stand in the environment: --group-members-max as',
    'MARU_GROUP_MEMBERS_MAX. On SIGTERM, SIGINT, or when the program that started it ends, it commits what it has',
    'accepted, tells its clients to come back, and exits 0.',
  ].join('\n'),
  options: settings,
  examples: [
    {
      line: 'maru serve',
      does: 'On http://127.0.0.1:8787, for this machine alone; anyone there may sign up.',
    },
    { line: 'maru serve --port 9000 --data ./data', does: 'On another port, with its data in ./data.' },
    {
      line: 'maru serve --public-url https://chat.example.org --trusted-proxy 127.0.0.1,::1',
      does: 'Behind a proxy with TLS on the same machine. Who has an invite may sign up.',
    },
    {
      line: [
        'maru serve --host :: --port 443 --public-url https://chat.example.org',
        '--tls-cert fullchain.pem --tls-key privkey.pem',
      ].join(' '),
      does: 'For everybody, with TLS of its own: see docs/operations/tls.md.',
    },
    {
      line: 'maru serve --web off',
      does: 'Without the web app: the API, and what speaks it.',
    },
    {
      line: 'maru serve --metrics-port 9100',
      does: 'With Prometheus metrics at http://127.0.0.1:9100/metrics.',
    },
  ],
  exitCodes: {
    0: 'Told to stop, and all that was accepted is stored.',
    1: 'The storage broke while at work, or stopping took too long. Nothing that was acknowledged is lost.',
    2: 'A wrong option, a port in use, or a data folder that can not be used.',
  },
  async run(flags) {
    try {
      process.on('uncaughtException', endWithFault);
      process.on('unhandledRejection', endWithFault);
      const stopped = stopSignal();
      const config = readConfig(flags as GivenFlags, process.env);
      const server = await startServer(config);
      for (const line of server.greeting) console.log(line);
      if (process.stdout.isTTY) printQrCode(config.publicUrl);
      const end = await Promise.race([stopped, server.broken]);
      // After a failed fsync nothing may be written any more: the process ends as it stands.
      if (end === 'broken') return 1;
      return (await withinTime(server[Symbol.asyncDispose]())) ? 0 : 1;
    } catch (error) {
      if (error instanceof ConfigError || error instanceof StartError) {
        throw new UsageError(error.message, { cause: error });
      }
      throw error;
    }
  },
};

/** The way onto a phone. An address of this machine alone would lead a phone to itself. */
function printQrCode(publicUrl: URL | undefined): void {
  if (publicUrl === undefined) return;
  for (const line of qrCode(publicUrl.href, process.stdout.columns) ?? []) console.log(line);
}

/** A bug. What it says could hold what somebody wrote, so that only its kind and place are told (`[PRIV6]`). */
function endWithFault(fault: unknown): never {
  console.error(JSON.stringify({ ...faultFields(fault), msg: 'a fault that nothing expected: stopping' }));
  process.exit(1);
}

async function withinTime(drained: PromiseLike<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), DRAIN_MS_MAX);
  const inTime = await Promise.race([drained.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
