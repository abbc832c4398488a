/** Pictures of people. What is given is decoded and made anew, so that nothing of the file but what it shows is kept. */
import * as z from 'zod';
import { AVATAR_UPLOAD_BYTES_MAX } from '../limits.ts';
import { avatarHash } from '../profile.ts';
import { me } from './account.ts';
import { route } from './route.ts';

/** What may be given; what is kept is WebP. */
export const imageType = z.enum(['image/png', 'image/jpeg', 'image/webp']);
export type ImageType = z.infer<typeof imageType>;

export const putAvatar = route({
  method: 'PUT',
  path: '/v1/me/avatar',
  name: 'putAvatar',
  summary:
    'Set the avatar: PNG, JPEG or WebP, of which 256×256 pixels are made. Nothing else of the file is kept.',
  tag: 'account',
  access: 'signed-in',
  upload: { types: imageType.options, bytesMax: AVATAR_UPLOAD_BYTES_MAX },
  response: me,
  errors: ['image-unreadable', 'image-too-large', 'busy'],
});

export const deleteAvatar = route({
  method: 'DELETE',
  path: '/v1/me/avatar',
  name: 'deleteAvatar',
  summary: 'Take the avatar away.',
  tag: 'account',
  access: 'signed-in',
  response: me,
});

export const getAvatar = route({
  method: 'GET',
  path: '/v1/avatars/{avatar}',
  name: 'getAvatar',
  summary: 'An avatar by the hash that a profile gives. It never changes: keep it as long as you like.',
  tag: 'people',
  access: 'signed-in',
  params: z.object({ avatar: avatarHash }),
  download: 'image/webp',
  errors: ['not-found'],
});
