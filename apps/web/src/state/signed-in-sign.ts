import { SECURE_SIGNED_IN_COOKIE, SIGNED_IN_COOKIE } from '@maru/protocol';

/**
 * Whether the browser has a token that no script can read, by the cookie that the server sets beside it (`[PRIV13]`): it
 * outlives what a browser drops of a page's own storage, and spares everybody else a question to the server.
 */
export function hasSignedInSign(cookies = document.cookie): boolean {
  const names = cookies.split('; ').map((pair) => pair.slice(0, pair.indexOf('=')));
  return names.includes(SIGNED_IN_COOKIE) || names.includes(SECURE_SIGNED_IN_COOKIE);
}

/** The token is good no more, by the server's word. */
export function dropSignedInSign(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: Safari had no Cookie Store API for long.
  document.cookie = `${SIGNED_IN_COOKIE}=; Path=/; Max-Age=0`;
  // biome-ignore lint/suspicious/noDocumentCookie: as above.
  document.cookie = `${SECURE_SIGNED_IN_COOKIE}=; Path=/; Max-Age=0; Secure`;
}
