import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Check } from './check.ts';
import { thisUser } from './this-user.ts';

const NAME = 'data-folder';
/** Anybody but the owner. */
const OTHERS = 0o077;

/** Whether a server of this user can keep its data there, and nobody else reads it. */
export async function checkDataFolder(folder: string): Promise<Check> {
  const found = await statOf(folder);
  if (found === undefined) return checkToBeMade(folder);
  if (!found.isDirectory()) {
    const advice = 'Name a folder with --data DIR.';
    return { name: NAME, state: 'fail', found: `${folder} is not a folder`, advice };
  }
  const user = thisUser();
  const values = { folder, owner: found.uid, mode: (found.mode & 0o777).toString(8) };
  if (!(await mayWrite(folder))) {
    const advice = `Run the server as the folder's owner (uid ${found.uid}), or chown -R ${user.uid} ${folder}.`;
    return {
      name: NAME,
      state: 'fail',
      found: `${user.name} may not write in ${folder}`,
      advice,
      values,
    };
  }
  if (user.uid >= 0 && found.uid !== user.uid) {
    const advice = `Run the server as that user, or chown -R ${user.uid} ${folder}.`;
    const what = `${folder} belongs to uid ${found.uid}, and this is ${user.name}`;
    return { name: NAME, state: 'warn', found: what, advice, values };
  }
  const foreign = await filesNotOf(folder, user.uid);
  if (foreign.length > 0) {
    const what = `${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ', …' : ''}`;
    const advice = `A server of ${user.name} can't use them: chown -R ${user.uid} ${folder}.`;
    return { name: NAME, state: 'fail', found: `${folder} has files of others: ${what}`, advice, values };
  }
  const open = (found.mode & OTHERS) !== 0;
  if (open && user.uid >= 0) {
    const advice = `What people wrote lies there: chmod 700 ${folder}.`;
    return {
      ...{ name: NAME, state: 'warn', advice, values },
      found: `others may look into ${folder} (mode ${values.mode})`,
    };
  }
  return { name: NAME, state: 'ok', found: `${folder}, for ${user.name} alone`, values };
}

/** The folder, or the nearest one above it that is there already. */
export async function nearestFolder(folder: string): Promise<string> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((await statOf(at))?.isDirectory() === true || at === path.dirname(at)) return at;
  }
}

async function checkToBeMade(folder: string): Promise<Check> {
  const above = await nearestFolder(folder);
  const values = { folder, above };
  if (await mayWrite(above)) {
    return { name: NAME, state: 'ok', found: `${folder} is not there yet; maru serve makes it`, values };
  }
  const advice = `Make it for ${thisUser().name}, or name another with --data DIR.`;
  return { name: NAME, state: 'fail', found: `${folder} can't be made in ${above}`, advice, values };
}

/** Files of the server that belong to somebody else; where there are no owners (Windows), none. */
async function filesNotOf(folder: string, uid: number): Promise<string[]> {
  if (uid < 0) return [];
  const names = await readdir(folder);
  const owners = await Promise.all(names.map(async (name) => (await statOf(path.join(folder, name)))?.uid));
  return names.filter((_name, index) => owners[index] !== undefined && owners[index] !== uid);
}

async function mayWrite(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function statOf(file: string) {
  return stat(file).catch(() => undefined);
}
