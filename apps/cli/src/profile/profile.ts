import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deviceId, handle, userId } from '@maru/protocol';
import * as z from 'zod';
import { type Flags, type Option, UsageError } from '../command.ts';
import { stateFolder } from './state-folder.ts';

/** The option of every command that acts for somebody. */
export const profileOption: Option = {
  takes: 'NAME',
  help: 'Whom to act for, where several are signed in on this machine; else MARU_PROFILE.',
  byDefault: 'default',
};

const profileSchema = z.object({
  /** Where the server is. */
  server: z.url(),
  user: userId,
  device: deviceId,
  handle,
});

/** Somebody who is signed in on this machine. The token lies in the stores beside it. */
export type Profile = z.infer<typeof profileSchema>;

/** A profile's folder, whether anybody is in it or not. Nobody else on the machine may look into it. */
export class ProfileFolder {
  readonly name: string;
  readonly path: string;

  /** @throws {UsageError} */
  constructor(flags: Flags, environment: Readonly<Record<string, string | undefined>> = process.env) {
    const given = flags.profile ?? environment.MARU_PROFILE ?? 'default';
    if (typeof given !== 'string' || !/^[a-z0-9_-]{1,32}$/i.test(given)) {
      throw new UsageError(`--profile ${given}: expected up to 32 letters, digits, _ and -.`);
    }
    const state = stateFolder(environment);
    if (state === undefined) throw new UsageError('No home folder is known: set XDG_STATE_HOME to a folder.');
    this.name = given;
    this.path = path.join(state, 'profiles', given);
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Whose profile it is. */
  read(): Profile | undefined {
    const file = this.file('profile.json');
    if (!existsSync(file)) return undefined;
    const profile = profileSchema.safeParse(readJson(file));
    if (profile.success) return profile.data;
    throw new UsageError(`${file} is not a profile: delete ${this.path} and log in again.`);
  }

  /**
   * As `read`, for a command that needs somebody to be signed in.
   * @throws {UsageError}
   */
  require(): Profile {
    const profile = this.read();
    if (profile !== undefined) return profile;
    const flag = this.name === 'default' ? '' : ` --profile ${this.name}`;
    throw new UsageError(
      `Nobody is signed in here: maru sign-up HANDLE${flag}, or maru log-in HANDLE${flag}.`,
    );
  }

  /** Makes the folder. What is written into it from here on is for its owner alone. */
  make(): void {
    process.umask(0o077);
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
  }

  write(profile: Profile): void {
    this.writeJson('profile.json', profile);
  }

  /** What a file of the folder holds, or `undefined`. It is this program's own. */
  readJson(name: string): unknown {
    const file = this.file(name);
    return existsSync(file) ? readJson(file) : undefined;
  }

  /** Puts a file whole: a reader finds the old one or the new. */
  writeJson(name: string, value: unknown): void {
    const file = this.file(name);
    writeFileSync(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
