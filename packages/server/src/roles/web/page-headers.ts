/**
 * The one policy by which the app may make a script's address of a text (Trusted Types): for its service worker and its
 * highlighter's worker, which are its own files.
 */
const TRUSTED_TYPES_POLICY = 'maru';

/** On every file of the app. */
export const FILE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Who shares a group with another window can reach into it; who has these files as a picture can measure them.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // The camera reads the code of a new device.
  'permissions-policy':
    'camera=(self), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=()',
} as const;

/**
 * What the app may do: run and show its own files, speak with its own server, and stand in nobody's frame. Nothing that it
 * does not do yet: sounds are made, and pictures drawn. That `'self'` covers sockets is newer than some browsers (CSP 3
 * §6.7.2.8; Safari before 15.4), so that the gateway is named.
 *
 * @param gateway where sockets go
 */
export function contentPolicy(gateway: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${new URL(gateway).origin}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${TRUSTED_TYPES_POLICY}`,
  ].join('; ');
}
