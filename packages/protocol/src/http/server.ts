import * as z from 'zod';
import { limitsInForce } from '../down/welcome.ts';
import { gatewayTicket } from './account.ts';
import { inviteId } from './admin.ts';
import { route } from './route.ts';

export const signUpPolicy = z.enum(['open', 'invite', 'closed']);
export type SignUpPolicy = z.infer<typeof signUpPolicy>;

export const getServer = route({
  method: 'GET',
  path: '/v1/server',
  name: 'getServer',
  summary: 'What this server is and allows, for anyone.',
  tag: 'server',
  access: 'anyone',
  response: z.object({
    name: z.literal('maru'),
    version: z.string(),
    protocolVersions: z.array(z.int()),
    signUp: signUpPolicy,
    limits: limitsInForce,
  }),
});

export const getGateway = route({
  method: 'GET',
  path: '/v1/gateway',
  name: 'getGateway',
  summary: 'Service discovery: the gateway this device should connect to, with a ticket for one session.',
  tag: 'server',
  access: 'signed-in',
  response: gatewayTicket,
});

export const createInvite = route({
  method: 'POST',
  path: '/v1/invites',
  name: 'createInvite',
  summary: 'A code that lets one person sign up where the policy is `invite`.',
  tag: 'server',
  access: 'administrator',
  body: z.object({ expiresInS: z.int().min(60).max(31_536_000).default(604_800) }),
  status: 201,
  response: z.object({
    invite: z.string(),
    /** Where a browser or a client goes with it, if the server knows under which URL people reach it. */
    link: z.string().optional(),
    expiresAt: z.int(),
    /** What the invite is called in the list of invites. An older server doesn't say. */
    id: inviteId.optional(),
  }),
});

/** The code lets in who has it, so it stands in the body: addresses are logged on the way. */
export const lookAtInvite = route({
  method: 'POST',
  path: '/v1/invites/look',
  name: 'lookAtInvite',
  summary: 'Whose an invite is, for who has it and has not signed up yet. Does not use it.',
  tag: 'server',
  access: 'anyone',
  body: z.object({ invite: z.string().min(1).max(128) }),
  response: z.object({
    /** Absent for the one that the server made for its first administrator. */
    by: z.object({ handle: z.string(), name: z.string() }).optional(),
    expiresAt: z.int(),
    /** Makes its user the administrator. */
    administrator: z.boolean(),
  }),
  errors: ['invite-required'],
});
