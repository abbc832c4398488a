import { routes } from '@maru/protocol';
import { checkSetting } from '../edge/check-setting.ts';
import { encodeSettings } from '../edge/encode-settings.ts';
import type { ApiDeps } from './deps.ts';
import { encoded, nothing } from './handler.ts';
import type { Register } from './register.ts';

/** What the asker keeps for themselves. */
export function registerSettings(register: Register, { inboxes }: ApiDeps): void {
  register(routes.getSettings, async ({ identity }) =>
    encoded(`{"settings":${encodeSettings(await inboxes.settings(identity.user))}}`),
  );

  register(routes.putSetting, async ({ identity, params, body }) => {
    const checked = checkSetting(params.name, body.value);
    if (checked.kind === 'refused') return checked;
    // The device may have a session as well, which has not heard of it.
    const error = await inboxes.set(identity.user, undefined, params.name, checked.value);
    return error === undefined ? nothing() : { kind: 'refused', error };
  });
}
