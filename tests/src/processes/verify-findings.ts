import { maru } from '../import/maru.ts';

/** What `maru verify` finds wrong with the data folder of a server that has ended, a line each. */
export async function verifyFindings(dataFolder: string): Promise<string[]> {
  const { code, out, err } = await maru('verify', '--data', dataFolder, '--json');
  if (code !== 0 && code !== 1) throw new Error(`maru verify ended with ${code}: ${err}`);
  const { found, entries, findings } = JSON.parse(out) as Verified;
  if (entries === 0) throw new Error(`${dataFolder} holds nothing: whatever was to be verified is elsewhere`);
  if ((found === 0) !== (code === 0)) throw new Error(`maru verify found ${found} and ended with ${code}`);
  return findings.map((finding) => JSON.stringify(finding));
}

interface Verified {
  readonly entries: number;
  readonly found: number;
  readonly findings: readonly object[];
}
