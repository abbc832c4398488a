/** How long to look why a server could not be reached. */
const LOOK_MS = 3_000;

/** By the codes of OpenSSL and Node, which are in the error or in a cause of it. */
const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: whoever runs the server has to renew it',
  CERT_NOT_YET_VALID: "its certificate is not valid yet: is this machine's clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for other names: is this the name of the server?',
};
const UNTRUSTED =
  'its certificate comes from nobody whom this machine trusts: if that is your own authority, ' +
  'name its certificate in NODE_EXTRA_CA_CERTS';
const UNTRUSTED_CODES =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?)|CERT_UNTRUSTED)$/;

/** What is wrong with a server's certificate, if that is why there was no answer. */
export function certificateFault(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const fault = UNTRUSTED_CODES.test(code) ? UNTRUSTED : CERTIFICATE_FAULTS[code];
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * Why a server can't be reached, in a sentence: a server that is there and isn't believed needs another remedy than one
 * that isn't there.
 */
export async function whyUnreachable(server: string): Promise<string> {
  const fault = server.startsWith('https:') ? certificateFault(await faultOf(server)) : undefined;
  return fault === undefined ? `${server} can't be reached.` : `${server} can't be reached: ${fault}.`;
}

async function faultOf(server: string): Promise<unknown> {
  try {
    await fetch(`${server}/v1/server`, { signal: AbortSignal.timeout(LOOK_MS) });
    return undefined;
  } catch (error) {
    return error;
  }
}
