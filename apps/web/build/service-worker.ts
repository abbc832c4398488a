import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite';

const SOURCE = path.resolve(import.meta.dirname, '..', 'src', 'worker', 'service-worker.ts');
/** Files that have a hash of their content in their names. */
const HASHED = /^assets\//;
/** Pictures that only systems ask for, when the app is installed. */
const NOT_KEPT = /^icon-.*\.png$/;

interface Kept {
  readonly url: string;
  readonly revision: string | null;
}

/** Builds the service worker beside the app, with the list of files that it keeps. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig | undefined;
  return {
    name: 'maru-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved;
    },
    async generateBundle(_options, bundle) {
      if (config === undefined) return;
      const files = [...filesOf(bundle), ...publicFiles(config.publicDir)];
      const kept = files
        .filter(([name]) => !NOT_KEPT.test(name))
        .map(([name, content]) => entry(name, content));
      kept.sort((a, b) => (a.url < b.url ? -1 : 1));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: await codeOf(kept, config.build.target) });
    },
  };
}

type Bundle = Rolldown.OutputBundle;

function filesOf(bundle: Bundle): (readonly [string, string | Uint8Array])[] {
  return Object.values(bundle)
    .filter(({ fileName }) => !fileName.startsWith('.'))
    .map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source] as const);
}

function publicFiles(folder: string): (readonly [string, Uint8Array])[] {
  return readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))] as const);
}

function entry(name: string, content: string | Uint8Array): Kept {
  const revision = HASHED.test(name) ? null : createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { url: `/${name}`, revision };
}

async function codeOf(kept: readonly Kept[], target: ResolvedConfig['build']['target']): Promise<string> {
  const built = await build({
    ...{ configFile: false, publicDir: false, logLevel: 'error' },
    define: { 'self.__WB_MANIFEST': JSON.stringify(kept), 'process.env.NODE_ENV': '"production"' },
    build: {
      ...{ write: false, target },
      rolldownOptions: { input: SOURCE, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('the service worker was not built');
  return output.output[0].code;
}
