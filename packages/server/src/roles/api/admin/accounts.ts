import { type Account, routes, type UserId } from '@maru/protocol';
import type { UserRecord } from '../../../ports/directory.ts';
import { type ApiDeps, endDevices } from '../deps.ts';
import { lastSeenOf } from '../devices.ts';
import { done, notFound, nothing, refuse } from '../handler.ts';
import type { Register } from '../register.ts';
import { lastAdministrator } from './last-administrator.ts';
import { resetPassword } from './reset-password.ts';

/** What administrators see of accounts, and do to them. What they did is logged, by ids. */
export function registerAccounts(register: Register, deps: ApiDeps): void {
  const { directory, clock, random, log } = deps;

  register(routes.listAccounts, async ({ query }) => {
    const { after, limit, only } = query;
    // One more than is shown tells whether there is another page.
    const found = await directory.listUsers({ after, only, limit: limit + 1 });
    const accounts = found.slice(0, limit).map(toAccount);
    const next = found.length > limit ? accounts.at(-1)?.handle : undefined;
    return done({ accounts, ...(next !== undefined && { next }) });
  });

  register(routes.getAccount, async ({ params }) => {
    const user = await directory.user(params.user);
    return user === undefined ? notFound('person') : done(await describeAccount(deps, user));
  });

  register(routes.suspendAccount, async ({ params: { user }, identity }) => {
    const ended = await directory.suspendUser(user, clock.now());
    if (ended === 'not-found') return notFound('person');
    if (ended === 'last-administrator') return lastAdministrator();
    endDevices(deps, user, ended, 'account-suspended');
    log.info({ user, by: identity.user }, 'an account was suspended');
    return nothing();
  });

  register(routes.unsuspendAccount, async ({ params: { user }, identity }) => {
    if (!(await directory.unsuspendUser(user))) return notFound('person');
    log.info({ user, by: identity.user }, 'the suspension of an account was ended');
    return nothing();
  });

  const setAdministrator = async (user: UserId, administrator: boolean, by: UserId) => {
    const outcome = await directory.setAdministrator(user, administrator);
    if (outcome === 'not-found') return notFound('person');
    if (outcome === 'last-administrator') return lastAdministrator();
    if (outcome === 'placeholder') {
      const message =
        'Nobody can log in to this account yet. Reset its password, and give its user the code.';
      return refuse('bad-request', message, { field: 'user' });
    }
    // Who they are is kept with their tokens: it is read again.
    deps.credentials.forget((await directory.devices(user)).map(({ device }) => device));
    log.info({ user, by, administrator }, 'who is an administrator was changed');
    return nothing();
  };
  register(routes.makeAdministrator, ({ params, identity }) =>
    setAdministrator(params.user, true, identity.user),
  );
  register(routes.unmakeAdministrator, ({ params, identity }) =>
    setAdministrator(params.user, false, identity.user),
  );

  register(routes.resetPassword, async ({ params: { user }, identity }) => {
    const reset = await resetPassword(directory, random, user);
    if (reset === undefined) return notFound('person');
    endDevices(deps, user, reset.signedOut);
    log.info({ user, by: identity.user }, 'a password was reset');
    return done({ recoveryCode: reset.recoveryCode });
  });
}

function toAccount(record: UserRecord): Account {
  const { user, handle, name, administrator, createdAt, suspendedAt, deletedAt } = record;
  return {
    ...{ user, handle, name, state: stateOf(record), administrator, createdAt },
    ...(suspendedAt !== undefined && { suspendedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
  };
}

function stateOf({ deletedAt, suspendedAt, passwordHash }: UserRecord): Account['state'] {
  if (deletedAt !== undefined) return 'deleted';
  if (suspendedAt !== undefined) return 'suspended';
  return passwordHash === undefined ? 'placeholder' : 'active';
}

async function describeAccount(deps: ApiDeps, user: UserRecord) {
  const devices = await deps.directory.devices(user.user);
  const { rooms } = await deps.inboxes.lag(user.user, []);
  return {
    ...toAccount(user),
    devices: devices.filter(({ signedIn }) => signedIn).length,
    rooms,
    ...(devices.length > 0 && { lastSeenAt: Math.max(...devices.map((device) => lastSeenOf(device, deps))) }),
  };
}
