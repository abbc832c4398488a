import { closeCodes } from '@maru/protocol';

/** Why a client does not try again by itself. */
export type StopReason =
  | 'signed-out'
  /** The account is suspended: an administrator can end that, and then signing in again helps. */
  | 'suspended'
  | 'unsupported-version'
  | 'replaced'
  | 'protocol-error'
  | 'store-failed'
  | 'closed';

export type CloseAction =
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'stop'; readonly reason: StopReason };

const RECONNECT: CloseAction = { kind: 'reconnect' };

/**
 * What a close code means (`[SLOW3]`). Codes of the protocol's table say it themselves; others of RFC 6455 (a proxy
 * that restarts, a cut) mean that the way was broken; an application's code that isn't known here means stop.
 */
export function closeAction(code: number): CloseAction {
  for (const known of Object.values(closeCodes)) {
    if (known.code !== code) continue;
    return known.reconnect ? RECONNECT : { kind: 'stop', reason: reasonOf(code) };
  }
  return code >= 4000 ? { kind: 'stop', reason: 'protocol-error' } : RECONNECT;
}

function reasonOf(code: number): StopReason {
  if (code === closeCodes.signedOut.code) return 'signed-out';
  if (code === closeCodes.suspended.code) return 'suspended';
  if (code === closeCodes.unsupportedVersion.code) return 'unsupported-version';
  if (code === closeCodes.replaced.code) return 'replaced';
  return 'protocol-error';
}
