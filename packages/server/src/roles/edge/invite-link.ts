/**
 * The server and the code of an invite in one. The code stands behind the `#`, so that whoever opens the link sends it
 * to nobody.
 */
export function inviteLink(serverUrl: string, code: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/#invite=${code}`;
}

/** The same of a link into a group. */
export function joinLink(serverUrl: string, code: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/#join=${code}`;
}

/** The same of somebody's personal link. */
export function userLink(serverUrl: string, code: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/#user=${code}`;
}
