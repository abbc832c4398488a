/** What the user keeps for themselves, over HTTP. */
import * as z from 'zod';
import { ownSetting, settingName } from '../own-settings.ts';
import { route } from './route.ts';

export const getSettings = route({
  method: 'GET',
  path: '/v1/settings',
  name: 'getSettings',
  summary: "All of the user's own settings: how they have rooms, drafts, hidden messages, quick replies.",
  tag: 'settings',
  access: 'signed-in',
  response: z.object({ settings: z.array(ownSetting) }),
});

export const putSetting = route({
  method: 'PUT',
  path: '/v1/settings/{name}',
  name: 'putSetting',
  summary: "Sets one of the user's own settings, or removes it (`null`). A `/` in the name is written `%2F`.",
  tag: 'settings',
  access: 'signed-in',
  params: z.object({ name: settingName }),
  body: z.object({ value: z.unknown() }),
  errors: ['not-found', 'content-too-large', 'too-many'],
});
