import { refusal } from '@maru/protocol';
import type { Arrival } from '../edge/arrival.ts';
import { gatewayUrl } from '../edge/gateway-url.ts';
import { errorResponse } from '../edge/respond.ts';
import type { AppFile, AppFiles } from './app-files.ts';
import { CODINGS, type Coding, negotiateEncoding } from './negotiate-encoding.ts';
import { contentPolicy, FILE_HEADERS } from './page-headers.ts';

/** A year: RFC 9111 knows no more. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, and asked for each time whether it still holds. */
const ASK_FIRST = 'no-cache';

/** What is not the app's, whatever follows. */
const NOT_THE_APP = /^\/(?:v1|docs|healthz|readyz|health|metrics)(?:\/|$)/;

/** Serves the built app: `undefined` for what it leaves to the API. */
export type WebApp = (request: Request, path: string, arrival: Arrival) => Promise<Response> | undefined;

/**
 * The app's files, and its page for the paths that the app itself knows (`[WEB1]`). What it looks up is a map of what
 * lay in the folder at the start: a path is a key of it or nothing, and can't lead out of the folder (`[WEB2]`).
 */
export function createWebApp(files: AppFiles, publicUrl: URL | undefined): WebApp {
  const index = files.get('/index.html');
  return (request, path, arrival) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || NOT_THE_APP.test(path)) return undefined;
    const file = files.get(path) ?? (isPage(path) ? index : undefined);
    if (file === undefined) return undefined;
    return answer(request, file, contentPolicy(gatewayUrl(publicUrl, arrival)));
  };
}

/** A path of the app's own: its last part has no dot, so that a file that is missing is not answered with a page. */
function isPage(path: string): boolean {
  return !path.slice(path.lastIndexOf('/')).includes('.');
}

async function answer(request: Request, file: AppFile, policy: string): Promise<Response> {
  const coding = negotiateEncoding(request.headers.get('accept-encoding'), file.codings);
  const etag = coding === undefined ? `"${file.tag}"` : `"${file.tag}-${coding}"`;
  const headers: Record<string, string> = {
    ...FILE_HEADERS,
    'cache-control': file.hashed ? FOR_EVER : ASK_FIRST,
    etag,
    ...(file.codings !== undefined && { vary: 'accept-encoding' }),
    // A policy is its page's; a worker's script brings its own, and a picture that is opened by itself runs nothing.
    'content-security-policy': policy,
  };
  if (isKnown(request.headers.get('if-none-match'), file))
    return new Response(null, { status: 304, headers });
  const body = bodyOf(file, coding);
  // It was there at the start, and is not any more.
  if (body instanceof Blob && !(await body.exists()))
    return errorResponse(refusal('not-found', 'There is nothing at this path.'));
  headers['content-type'] = file.type;
  if (coding !== undefined) headers['content-encoding'] = coding;
  if (request.method === 'GET') return new Response(body, { headers });
  headers['content-length'] = String(body instanceof Blob ? body.size : body.byteLength);
  return new Response(null, { headers });
}

function bodyOf({ file, held }: AppFile, coding: Coding | undefined) {
  return held?.get(coding) ?? Bun.file(coding === undefined ? file : file + CODINGS[coding]);
}

/** Whether the client has it (RFC 9110 §13.1.2), in whichever coding: its content is the same. */
function isKnown(header: string | null, { tag, codings }: AppFile): boolean {
  if (header === null) return false;
  const tags = [`"${tag}"`, ...[...(codings ?? [])].map((coding) => `"${tag}-${coding}"`)];
  return header.split(',').some((given) => {
    const known = given.trim().replace(/^W\//, '');
    return known === '*' || tags.includes(known);
  });
}
