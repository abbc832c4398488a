import { type Finding, verify as verifyEngine } from '@maru/server';
import type { Command } from '../command.ts';
import { Progress } from '../progress.ts';
import { printable, printableJson } from '../terminal/printable.ts';
import { dataOption, withDataFolder } from '../with-data-folder.ts';

/** `maru verify` */
export const verify: Command = {
  about: [
    'Walks the whole log of a data folder and compares everything that can be read with what the log says: gaps,',
    'doubles, counts, memberships, commands, and the projections with a replay. Says nothing of what anybody wrote.',
    'What is wrong with the projections alone is mended by deleting views.db: it is made anew at the next start.',
  ].join('\n'),
  options: {
    data: dataOption,
    json: { help: 'Print {"entries","rooms","found","findings"} in one line.' },
  },
  examples: [
    { line: 'maru verify', does: 'Checks the data folder of this machine.' },
    { line: 'maru verify --data ./backup --json | jq .found', does: 'Counts what is wrong with a copy.' },
  ],
  exitCodes: {
    0: 'Everything is as it must be.',
    1: 'Something is not: the findings say what and where.',
    2: "A wrong option, or a data folder that can't be used, as one on which a server runs.",
  },
  async run(flags) {
    return withDataFolder(flags, async ({ engine, dataFolder }) => {
      const progress = new Progress(1);
      const result = await verifyEngine(engine, {
        onProgress: (done, all) => progress.update(done / Math.max(1, all), 'checked'),
      });
      progress.end();
      const { entries, rooms, findings, found } = result;
      if (flags.json === true) {
        console.log(printableJson({ entries, rooms, found, findings }));
        return found === 0 ? 0 : 1;
      }
      for (const finding of findings) console.log(printable(lineOf(finding)));
      if (found > findings.length) console.log(`… and ${found - findings.length} more.`);
      const what = found === 0 ? 'everything is as it must be' : `${found} findings`;
      console.log(`${dataFolder}: ${entries} entries in ${rooms} rooms; ${what}.`);
      return found === 0 ? 0 : 1;
    });
  },
};

function lineOf({ code, detail, room, seq, position, user }: Finding): string {
  const where = [
    room,
    seq === undefined ? undefined : `seq ${seq}`,
    position === undefined ? undefined : `place ${position}`,
    user,
  ].filter((part) => part !== undefined);
  return `${[code, ...where].join(' ')}: ${detail}`;
}
