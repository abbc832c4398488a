import { type CertificateFault, certificateFaultOf } from './certificate-fault.ts';

const CERTIFICATE_FAULTS: Readonly<Record<CertificateFault, string>> = {
  expired: 'its certificate has expired: whoever runs the server has to renew it',
  'not-valid-yet': "its certificate is not valid yet: is this machine's clock right?",
  'other-names': 'its certificate is for other names: is this the name of the server?',
  untrusted:
    'its certificate comes from nobody whom this machine trusts: if that is your own authority, ' +
    'name its certificate in NODE_EXTRA_CA_CERTS',
};

/**
 * That a server can't be reached, and why, in a sentence: a server that is there and isn't believed needs another remedy
 * than one that isn't there.
 */
export function unreachable(server: string, fault: CertificateFault | undefined): string {
  return fault === undefined
    ? `${server} can't be reached.`
    : `${server} can't be reached: ${CERTIFICATE_FAULTS[fault]}.`;
}

/** The same of a server that is asked first. */
export async function whyUnreachable(server: string): Promise<string> {
  return unreachable(server, await certificateFaultOf(server));
}
