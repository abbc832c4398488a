/**
 * The server and the code of an invite in one. The code stands behind the `#`, so that whoever opens the link sends it
 * to nobody.
 */
export function inviteLink(serverUrl: string, code: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/#invite=${code}`;
}
