import * as z from 'zod';
import { userId } from '../ids.ts';
import { HANDLE_CHARS_MAX } from '../limits.ts';
import { profile } from './account.ts';
import { route } from './route.ts';

export const findUser = route({
  method: 'GET',
  path: '/v1/users',
  name: 'findUser',
  summary: 'Find a person by exact handle.',
  tag: 'people',
  access: 'signed-in',
  query: z.object({ handle: z.string().max(HANDLE_CHARS_MAX) }),
  response: profile,
  errors: ['not-found'],
});

export const getUser = route({
  method: 'GET',
  path: '/v1/users/{user}',
  name: 'getUser',
  summary: "A person's profile.",
  tag: 'people',
  access: 'signed-in',
  params: z.object({ user: userId }),
  response: profile,
  errors: ['not-found'],
});

/** Profiles of many at once, for a room's list. Unknown and deleted ones are left out. */
export const getUsers = route({
  method: 'POST',
  path: '/v1/users/lookup',
  name: 'getUsers',
  summary: 'Profiles of up to 1,000 people by id.',
  tag: 'people',
  access: 'signed-in',
  body: z.object({ users: z.array(userId).max(1_000) }),
  response: z.object({ users: z.array(profile) }),
});
