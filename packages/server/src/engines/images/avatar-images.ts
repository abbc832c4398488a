import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { AvatarImages, MadeAvatar } from '../../ports/avatar-images.ts';
import { UNREADABLE } from './exit-codes.ts';

/** Images that may wait; beyond that the answer is `busy`. */
const WAITING_MAX = 16;
/** What one is taken to last, for telling when to come back. */
const MS_GUESS = 1_000;
/** A file that keeps its decoder longer is given up. */
const IMAGE_MS_MAX = 10_000;
/** More than 256×256 pixels take as WebP of any quality. */
const MADE_BYTES_MAX = 524_288;

/** What a program needs to be found and loaded. Nothing else of the server's is its business. */
const ENVIRONMENT = Object.fromEntries(
  ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot'].map((name) => [name, process.env[name]]),
);

export interface AvatarImagesOptions {
  readonly msMax?: number;
  readonly waitingMax?: number;
  /** The program for one image, instead of the decoder's. */
  readonly program?: string;
}

/**
 * Avatars by sharp (libvips), each in a process of its own, so that a server that never sees an image is no larger for
 * it, and a decoder that a file has broken or holds up ends alone.
 */
export function createAvatarImages(options: AvatarImagesOptions = {}): AvatarImages {
  const { msMax = IMAGE_MS_MAX, waitingMax = WAITING_MAX } = options;
  const program = options.program ?? fileURLToPath(new URL('./avatar-process.ts', import.meta.url));
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  return {
    async make(image) {
      if (waiting >= waitingMax) return { kind: 'busy', retryAfterMs: waiting * MS_GUESS };
      waiting++;
      const made = before.then(() => makeOne(program, image, msMax));
      // The next one waits for the end of this one, however it ends.
      before = made.catch(() => undefined);
      try {
        return await made;
      } finally {
        waiting--;
      }
    },
  };
}

async function makeOne(program: string, image: Uint8Array, msMax: number): Promise<MadeAvatar> {
  await using child = Bun.spawn([process.execPath, program], {
    stdin: image,
    stdout: 'pipe',
    stderr: 'pipe',
    env: ENVIRONMENT,
    timeout: msMax,
    killSignal: 'SIGKILL',
    maxBuffer: MADE_BYTES_MAX,
  });
  standBack(child.pid);
  const [made, complaint, code] = await Promise.all([
    new Response(child.stdout).bytes(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code === 0 && made.length > 0) return { kind: 'made', image: made };
  // What is killed was held up by its file, or broken by it.
  if (code === UNREADABLE || child.signalCode !== null) return { kind: 'unreadable' };
  throw new Error(`no avatar could be made, the process ended with ${code}: ${complaint.slice(0, 500)}`);
}

/** Messages go first. */
function standBack(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already.
  }
}
