import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from '../ports/logger.ts';
import { readAppFiles } from '../roles/web/app-files.ts';
import { createWebApp, type WebApp } from '../roles/web/web-app.ts';
import type { Config } from './config.ts';
import { StartError } from './start-error.ts';

/** Where the checkout has its app, and where the build of it goes. */
const SOURCES = 'apps/web';
const BUILT = 'dist';

/**
 * The web app that is to be served; `undefined`: none. One that was never built is no reason not to start: who opens the
 * server's address is told what to do.
 *
 * @throws {StartError} for a folder that was named and holds none
 */
export async function openWebApp(
  { web, publicUrl }: Pick<Config, 'web' | 'publicUrl'>,
  log: Logger,
): Promise<WebApp | undefined> {
  if (web === 'off') return undefined;
  const folder = web === undefined ? checkoutFolder(import.meta.dirname) : path.resolve(web);
  if (folder === undefined) return undefined;
  const files = await readAppFiles(folder);
  if (files !== undefined) return createWebApp(files, publicUrl);
  const message = `${folder} holds no web app: there is no index.html in it.`;
  if (web !== undefined) throw new StartError(`--web ${web}: ${message} Build it, or say --web off.`);
  log.info({}, `${message} npm start builds it.`);
  return undefined;
}

/** The app of the checkout that this program lies in, as source or as bundle. */
function checkoutFolder(from: string): string | undefined {
  const sources = path.join(from, SOURCES);
  if (existsSync(path.join(sources, 'package.json'))) return path.join(sources, BUILT);
  const above = path.dirname(from);
  return above === from ? undefined : checkoutFolder(above);
}
