import { connect } from 'node:tls';

/** What a TLS connection to a port of this machine is shown: the certificate's name. Rejects if there is none. */
export function certificateAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

/** Connects again and again until it is shown the certificate of a name; rejects if it is refused once. */
export async function knockUntil(port: number, name: string): Promise<void> {
  while ((await certificateAt(port)) !== name);
}
