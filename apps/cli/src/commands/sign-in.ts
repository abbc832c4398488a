import { hostname } from 'node:os';
import { type Api, ApiError, createApi, NetworkError, StoreMismatch, systemEnvironment } from '@maru/client';
import { deviceName, handle, type SignedIn } from '@maru/protocol';
import { type ExitCode, UsageError } from '../command.ts';
import { openClient } from '../profile/open-client.ts';
import type { ProfileFolder } from '../profile/profile.ts';
import { complain } from '../terminal/complain.ts';
import { certificateFaultIn } from './certificate-fault.ts';
import { unreachable } from './why-unreachable.ts';

/** What `sign-up` and `log-in` have in common. */
export const signInExitCodes: Readonly<Record<ExitCode, string>> = {
  0: 'Signed in.',
  1: 'The server refused; the reason is on standard error.',
  2: 'A wrong option, or the profile is in use.',
  3: "The server can't be reached.",
};

/** The API as who has this token may call it; without one, as anyone may. */
export function apiOf(server: string, token?: string): Api {
  return createApi({
    baseUrl: server,
    http: systemEnvironment().http,
    ...(token !== undefined && { credential: { kind: 'bearer', token } }),
  });
}

/** @throws {UsageError} */
export function handleOf(given: string | undefined): string {
  const parsed = handle.safeParse((given ?? '').replace(/^@/, ''));
  if (parsed.success) return parsed.data;
  throw new UsageError(`${given} can't be a handle: 3 to 32 of a–z, 0–9, _ and single dots inside.`);
}

/** What this device is called in the list of devices. */
export function newDevice(profile: string): { name: string } {
  const name = deviceName.safeParse(`maru on ${hostname()}${profile === 'default' ? '' : ` (${profile})`}`);
  return { name: name.success ? name.data : 'maru' };
}

/** Keeps who signed in: the profile, and both of its stores. */
export async function keepSignedIn(folder: ProfileFolder, server: string, signedIn: SignedIn): Promise<void> {
  const { user, device } = signedIn;
  for (const name of ['send', 'tail'] as const) {
    const open = await openClient(folder, { server }, name, { signedIn, connect: false }).catch(
      refuseMismatch(folder),
    );
    if (open === undefined) {
      throw new UsageError(
        `maru ${name === 'send' ? 'chat or send' : name} is running with the profile ${folder.name}: stop it first.`,
      );
    }
    await open[Symbol.asyncDispose]();
  }
  folder.write({ server, user, device, handle: handleOf(signedIn.handle) });
}

/** What lies there is another device's, whose ids this one must never use. */
function refuseMismatch(folder: ProfileFolder): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof StoreMismatch)) throw error;
    const how = `delete ${folder.path} and log in again`;
    throw new UsageError(`The profile ${folder.name} holds another device: ${how}.`, { cause: error });
  };
}

/** Says why it did not work, and gives the exit code. */
export function explain(error: unknown, server: string): ExitCode {
  if (error instanceof ApiError) {
    const { retryAfterMs } = error.body;
    const wait = retryAfterMs === undefined ? '' : ` Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`;
    complain(`${error.message}${wait}`);
    return 1;
  }
  if (error instanceof NetworkError) {
    const fault = certificateFaultIn(error);
    complain(fault === undefined ? `${server} can't be reached: is it running?` : unreachable(server, fault));
    return 3;
  }
  throw error;
}
