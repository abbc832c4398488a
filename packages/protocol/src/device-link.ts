/**
 * The server and the code of a device request in one, for a camera. The code stands behind the `#`, so that whoever
 * opens it sends it to nobody.
 */
export function deviceLink(serverUrl: string, code: string): string {
  return `${serverUrl.replace(/\/+$/, '')}/#device=${code}`;
}

export interface DeviceLink {
  readonly code: string;
  /** Where the link says that the server is: absent where only the code was given. */
  readonly server?: string;
}

/** A code as it was typed, or a link that was scanned or pasted; `undefined`: it is neither. */
export function readDeviceLink(text: string): DeviceLink | undefined {
  const given = text.trim();
  if (/^[0-9a-z](?:[\s-]?[0-9a-z]){7}$/i.test(given)) return { code: given };
  const [, server, code] = /^(https?:\/\/[^\s?#]+)#device=([0-9a-z-]{8,16})$/i.exec(given) ?? [];
  return server === undefined || code === undefined || !URL.canParse(server) ? undefined : { code, server };
}
