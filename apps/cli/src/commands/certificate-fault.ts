import type { ConnectionStatus, MaruClient } from '@maru/client';

/** What a machine has against a server's certificate. */
export type CertificateFault = 'expired' | 'not-valid-yet' | 'other-names' | 'untrusted';

/** How long to look why a server could not be reached. */
const LOOK_MS = 3_000;

/** By the codes of OpenSSL and Node, which are in the error or in a cause of it. */
const FAULTS: Readonly<Record<string, CertificateFault>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-valid-yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-names',
};
const UNTRUSTED_CODES =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_UNTRUSTED)$/;

/** What is wrong with a server's certificate, if that is why there was no answer. */
export function certificateFaultIn(error: unknown): CertificateFault | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const fault = UNTRUSTED_CODES.test(code) ? 'untrusted' : FAULTS[code];
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Asks a server, to see what is wrong with its certificate; `undefined` where that is not what is wrong. */
export async function certificateFaultOf(server: string): Promise<CertificateFault | undefined> {
  if (!server.startsWith('https:')) return undefined;
  try {
    await fetch(`${server}/v1/server`, { signal: AbortSignal.timeout(LOOK_MS) });
    return undefined;
  } catch (error) {
    return certificateFaultIn(error);
  }
}

/**
 * Tells what is wrong with the certificate of a server that can't be reached (`[TLS5]`): once, and again only if it was
 * reached meanwhile or something else is wrong. The server is asked once for each wait. Gives what ends the watch.
 */
export function watchCertificate(
  client: Pick<MaruClient, 'connection' | 'subscribe'>,
  server: string,
  tell: (fault: CertificateFault) => void,
): () => void {
  let told: CertificateFault | undefined;
  let looked: ConnectionStatus | undefined;
  const isOnline = () => client.connection.state === 'online';
  const look = async () => {
    const { connection } = client;
    if (isOnline()) told = undefined;
    // Each wait has a status of its own.
    if (connection.state !== 'waiting' || connection === looked) return;
    looked = connection;
    const fault = await certificateFaultOf(server);
    if (fault === undefined || fault === told || isOnline()) return;
    told = fault;
    tell(fault);
  };
  void look();
  return client.subscribe(() => void look());
}
