import { expect, test } from 'bun:test';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { SIGNED_IN } from './testing/fixtures.ts';

const ENTRY = path.join(import.meta.dir, 'index.ts');
/** What a bundle for browsers asks of the page that it runs in, and nothing else. */
const WEB = [
  'AbortController',
  'AbortSignal',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
] as const;

/** The SDK as a bundler makes it for a browser, with everything that it imports on the way. */
async function bundle(): Promise<{ code: string; imported: Set<string> }> {
  const imported = new Set<string>();
  const { outputs } = await Bun.build({
    entrypoints: [ENTRY],
    target: 'browser',
    format: 'cjs',
    plugins: [
      {
        name: 'note what is imported',
        setup(build) {
          build.onResolve({ filter: /.*/ }, (args) => {
            imported.add(args.path);
            return undefined;
          });
        },
      },
    ],
  });
  return { code: (await outputs[0]?.text()) ?? '', imported };
}

test('the SDK is bundled for a browser without a module that only Node or Bun has', async () => {
  const { imported } = await bundle();
  expect(imported).toContain('@maru/protocol');
  expect(
    [...imported].filter((name) => isBuiltin(name) || name === 'bun' || name.startsWith('bun:')),
  ).toEqual([]);
});

test('it runs and connects where there is nothing but what a page has', async () => {
  const { code } = await bundle();
  const asked: string[] = [];
  const said: string[] = [];
  const web = Object.fromEntries(WEB.map((name) => [name, globalThis[name]]));
  const context = vm.createContext({
    ...web,
    ...{ crypto, performance, queueMicrotask, setTimeout, clearTimeout },
    module: { exports: {} },
    fetch: async (url: string) => {
      asked.push(url);
      const gateway = { url: 'wss://chat.example.org/v1/connect', ticket: 'a-ticket', expiresAt: 1 };
      return new Response(JSON.stringify(gateway));
    },
    WebSocket: class {
      onopen?: () => void;
      constructor(url: string) {
        asked.push(url);
        setTimeout(() => this.onopen?.(), 0);
      }
      send(frame: string) {
        said.push(frame);
      }
      close() {}
    },
  });
  expect(vm.runInContext('typeof process + typeof Buffer + typeof Bun + typeof require', context)).toBe(
    'undefined'.repeat(4),
  );
  vm.runInContext(code, context);
  const sdk = vm.runInContext('module.exports', context) as typeof import('./index.ts');
  await using client = await sdk.createClient({
    baseUrl: 'https://chat.example.org',
    store: new sdk.MemoryStore(),
    signedIn: SIGNED_IN,
  });
  expect(client.user).toBe(SIGNED_IN.user);
  while (said.length === 0) await Bun.sleep(1);
  expect(asked).toEqual(['https://chat.example.org/v1/gateway', 'wss://chat.example.org/v1/connect']);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({ kind: 'hello', ticket: 'a-ticket' });
});
