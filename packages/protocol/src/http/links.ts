/** Links into groups: who may add sees them all, who has one sees what it leads to. */
import * as z from 'zod';
import { openLink } from '../group-facts.ts';
import { linkId, roomId, userId } from '../ids.ts';
import { linkCode } from '../room-links.ts';
import { route } from './route.ts';

export const getLinks = route({
  method: 'GET',
  path: '/v1/rooms/{room}/links',
  name: 'getLinks',
  summary: 'The links into a group, and who asks to join, for members who may add.',
  tag: 'rooms',
  access: 'signed-in',
  params: z.object({ room: roomId }),
  response: z.object({
    links: z.array(
      openLink.omit({ seq: true }).extend({
        code: linkCode,
        /** Where a browser or a client goes with it, if the server knows under which URL people reach it. */
        url: z.string().optional(),
      }),
    ),
    requests: z.array(z.object({ user: userId, handle: z.string(), name: z.string(), link: linkId })),
  }),
  errors: ['not-found', 'forbidden'],
});

/** The code lets in who has it, so it stands in the body: addresses are logged on the way. */
export const lookAtLink = route({
  method: 'POST',
  path: '/v1/links/look',
  name: 'lookAtLink',
  summary: 'What a link leads to, for who has it.',
  tag: 'rooms',
  access: 'signed-in',
  body: z.object({ code: linkCode }),
  response: z.object({
    room: roomId,
    name: z.string(),
    description: z.string().optional(),
    memberCount: z.int(),
    approval: z.boolean(),
    /** What the asker is there: `requested` has asked and is not answered yet. */
    standing: z.enum(['stranger', 'requested', 'member']),
  }),
  errors: ['link-invalid'],
});
