import * as z from 'zod';
import { userId } from '../ids.ts';
import { HANDLE_CHARS_MAX, LOOK_UP_PEOPLE_MAX } from '../limits.ts';
import { profile } from '../profile.ts';
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

/**
 * Profiles of many at once: of a room's list, or those that a device has kept while it was away. Left out is who is as
 * the asker knows them (`[PEOPLE3]`).
 */
export const getUsers = route({
  method: 'POST',
  path: '/v1/users/lookup',
  name: 'getUsers',
  summary: 'Profiles of up to 1,000 people by id, or of those among them that have changed.',
  tag: 'people',
  access: 'signed-in',
  body: z.object({
    users: z.array(userId).max(LOOK_UP_PEOPLE_MAX),
    /** The `changedAt` of what the asker has of each of `users`, in their order; 0, or none, for nothing. */
    known: z.array(z.int().min(0)).max(LOOK_UP_PEOPLE_MAX).optional(),
  }),
  response: z.object({
    users: z.array(profile),
    /** Those among `users` who are not there, or not any more. */
    gone: z.array(userId).default([]),
  }),
});
