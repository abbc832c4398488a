import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dir, '..');
const VITE = path.join(
  path.dirname(createRequire(import.meta.url).resolve('vite/package.json')),
  'bin',
  'vite.js',
);

/** The app as it is served, built into a folder of its own, which is gone with it. */
export async function buildApp(): Promise<Disposable & { readonly path: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-web-'));
  const vite = Bun.spawn(
    ['node', VITE, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'],
    {
      cwd: ROOT,
      // A test run says `test`, and React would come as it is for developers.
      env: { ...process.env, NODE_ENV: 'production' },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    },
  );
  const [code, out, err] = await Promise.all([
    vite.exited,
    new Response(vite.stdout).text(),
    new Response(vite.stderr).text(),
  ]);
  if (code !== 0 || !existsSync(path.join(folder, 'index.html')))
    throw new Error(`the app can't be built: ${out}${err}`);
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
