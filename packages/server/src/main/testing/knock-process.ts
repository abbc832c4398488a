/**
 * A program that opens TLS connections to a port, all at once, and once they stand (to TCP, which the kernel sees to)
 * makes a file; it prints whose certificate each of them was shown, or why it failed.
 * Arguments: the port, how many, the file.
 */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:tls';

const [port = '', count = '', standing = ''] = process.argv.slice(2);
let connected = 0;

function knock(): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false });
    socket.on('connect', () => {
      if (++connected === Number(count)) writeFileSync(standing, '');
    });
    socket.on('secureConnect', () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
    socket.on('error', (error) => resolve(`failed: ${error.message}`));
  });
}

console.log(JSON.stringify(await Promise.all(Array.from({ length: Number(count) }, knock))));
