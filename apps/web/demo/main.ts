/** `npm run demo`: a server with invented people who talk, and a browser that is signed in there. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { VISITOR } from './cast.ts';
import { openBrowser } from './open-browser.ts';
import { runDemo } from './run-demo.ts';

const MARU = path.resolve(import.meta.dir, '..', '..', 'cli', 'src', 'main.ts');

const HELP = `npm run demo [-- OPTIONS]

A server on this machine with 40 invented people in Korean and English who talk, type, read, react, come and go.
It opens in your browser, signed in; Ctrl+C ends it, and nothing stays.

  --no-open       don't open a browser, only say the link
  --data DIR      keep the data in this empty folder
  --port N        where the server listens (a free port)
  --seed N        another seed, another course of things (1)
  --pace N        how much faster than people it all goes (1)
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h', default: false },
    'no-open': { type: 'boolean', default: false },
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    pace: { type: 'string', default: '1' },
    /** How `maru` is started; what `npm run demo` built. */
    maru: { type: 'string', default: MARU },
  },
});
if (values.help) {
  console.log(HELP.trimEnd());
  process.exit(0);
}

const stopping = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.resolve());

console.log('40 people sign up, which takes some seconds …');
const demo = await runDemo({
  maru: values.maru,
  ...(values.data !== undefined && { data: path.resolve(values.data) }),
  port: numberOf('port', 0, 65_535),
  seed: numberOf('seed', 0, 2 ** 32 - 1),
  pace: numberOf('pace', 0.1, 100),
  onFault: (error) =>
    console.error(`The demo goes on after: ${error instanceof Error ? error.message : error}`),
});
const [first, second] = demo.links;
console.log(`
Maru is at ${demo.url}, with ${demo.people} people in ${demo.rooms} conversations.

  You are Mina:           ${first}
  And in a second window
  you are Jun:            ${second}

Each link signs one browser in, once. On another device: ${VISITOR}, password ${demo.password}
Ctrl+C ends it${values.data === undefined ? ', and nothing stays' : ''}.`);
if (!values['no-open']) openBrowser(first);
await stopping.promise;
console.log('The people go home …');
await demo[Symbol.asyncDispose]();
process.exit(0);

function numberOf(option: 'port' | 'seed' | 'pace', least: number, most: number): number {
  const number = Number(values[option]);
  if (Number.isFinite(number) && number >= least && number <= most) return number;
  console.error(`--${option} takes a number from ${least} to ${most}, not "${values[option]}".`);
  process.exit(2);
}
