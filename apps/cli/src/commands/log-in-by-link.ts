import { ApiError, Entrance, type WaitingDevice } from '@maru/client';
import { deviceCheck, type SignedIn } from '@maru/protocol';
import { UsageError } from '../command.ts';
import type { Profile } from '../profile/profile.ts';
import { complain } from '../terminal/complain.ts';
import { printable } from '../terminal/printable.ts';
import { qrCode } from '../terminal/qr-code.ts';
import { Questions } from '../terminal/questions.ts';

export interface LinkedLogIn {
  readonly server: string;
  readonly deviceName: string;
  /** Who was signed in with this profile before, and is to be again. */
  readonly known: Profile | undefined;
}

/**
 * Signs in without a password: shows a code, waits for a device that lets this one in, and asks for the digits that it
 * shows (`[LINKDEV3]`). Rejects with `ApiError` or `NetworkError`.
 *
 * @throws {UsageError}
 */
export async function logInByLink({ server, deviceName, known }: LinkedLogIn): Promise<SignedIn> {
  const device = known === undefined ? {} : { device: known.device };
  const entrance = new Entrance({ baseUrl: server, deviceName, ...device });
  const waiting = await entrance.requestDevice();
  const code = printable(waiting.code);
  if (process.stdout.isTTY) {
    for (const line of qrCode(waiting.link, process.stdout.columns) ?? []) console.log(line);
  }
  console.log(`Code: ${code}`);
  console.log(`On a device that is signed in, scan this, or write /link-device ${code} in maru chat.`);
  const account = await waiting.confirmed();
  if (known !== undefined && account.handle !== known.handle) {
    throw new UsageError(
      `A device of @${printable(account.handle)} answered, and the profile is @${known.handle}'s: begin anew there.`,
    );
  }
  console.log(`@${printable(account.handle)} (${printable(account.name)}) lets this device in.`);
  return claim(waiting);
}

async function claim(waiting: WaitingDevice): Promise<SignedIn> {
  using questions = new Questions();
  for (;;) {
    const given = await questions.ask('Digits that the other device shows: ');
    if (given === undefined) throw new UsageError('No digits were given.');
    const check = deviceCheck.safeParse(given.replaceAll(/\s/g, ''));
    if (!check.success) {
      complain('Four digits are needed.');
      continue;
    }
    try {
      return await waiting.claim(check.data);
    } catch (error) {
      const { limit, given: tries = 0 } = error instanceof ApiError ? error.body : {};
      if (!(error instanceof ApiError) || error.code !== 'check-wrong' || tries >= (limit?.value ?? 0))
        throw error;
      complain(error.message);
    }
  }
}
