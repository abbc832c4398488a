/** The link by which one lets oneself be found (`[FIND1]`). */
import * as z from 'zod';
import { personalCode } from '../personal-link.ts';
import { profile } from '../profile.ts';
import { route } from './route.ts';

const personalLink = z.object({
  code: personalCode,
  /** Where a browser or a client goes with it, if the server knows under which URL people reach it. */
  url: z.string().optional(),
});
export type PersonalLink = z.infer<typeof personalLink>;

export const getMyLink = route({
  method: 'GET',
  path: '/v1/me/link',
  name: 'getMyLink',
  summary: 'Your personal link, if you have one.',
  tag: 'people',
  access: 'signed-in',
  response: personalLink,
  errors: ['not-found'],
});

export const putMyLink = route({
  method: 'PUT',
  path: '/v1/me/link',
  name: 'putMyLink',
  summary: 'Have a personal link: the one there is, or a new one. `renew` ends the one there is.',
  tag: 'people',
  access: 'signed-in',
  body: z.object({ renew: z.boolean().default(false) }),
  response: personalLink,
});

export const deleteMyLink = route({
  method: 'DELETE',
  path: '/v1/me/link',
  name: 'deleteMyLink',
  summary: 'Revoke your personal link. From then on it leads to nobody.',
  tag: 'people',
  access: 'signed-in',
});

/** Who has the code may ask to be a contact, so it stands in the body: addresses are logged on the way. */
export const findByLink = route({
  method: 'POST',
  path: '/v1/users/link',
  name: 'findByLink',
  summary: 'Find a person by their personal link, whether or not they are found by their handle.',
  tag: 'people',
  access: 'signed-in',
  body: z.object({ code: personalCode }),
  response: profile,
  errors: ['link-invalid'],
});
