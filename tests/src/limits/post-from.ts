import { connect } from 'node:net';
import { type ErrorBody, errorBody } from '@maru/protocol';

export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: ErrorBody;
}

/** Posts JSON from an address of this machine, for `fetch` can't choose one. What comes back must be a refusal. */
export function postFrom(localAddress: string, port: number, path: string, body: object): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, localAddress });
    let answer = '';
    const json = JSON.stringify(body);
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(json)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${json}`);
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [headers = '', content = ''] = answer.split('\r\n\r\n');
      const parsed = errorBody.safeParse(JSON.parse(content === '' ? 'null' : content));
      if (!parsed.success) return reject(new Error(`no refusal: ${headers}`));
      resolve({
        status: Number(headers.split(' ')[1]),
        retryAfter: /^retry-after: *(\d+)/im.exec(headers)?.[1],
        body: parsed.data,
      });
    });
  });
}
