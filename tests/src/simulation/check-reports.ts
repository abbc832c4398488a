import type { RoomId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import type { TrueEvent, TrueRoom } from './truth.ts';

const REPORTS_MAX = 10_000;

/**
 * REPORT5: here devices never block without a report. So whoever was blocked by a device is reported by its user, and once, for
 * nobody closes one; powers that fail and answers that are lost included.
 */
export async function reportFaults(
  truth: ReadonlyMap<RoomId, TrueRoom>,
  { reports }: Engine,
): Promise<{ readonly reported: number; readonly wrong: readonly string[] }> {
  const kept = await reports.reports({ state: 'all', before: undefined, limit: REPORTS_MAX });
  const pairs = kept.map(({ by, user }) => `${by} reports ${user}`);
  const twice = pairs.filter((pair, index) => pairs.indexOf(pair) !== index);
  const reported = new Set(pairs);
  const missing = [...truth.values()].flatMap(({ events }) => {
    const [creation] = events;
    if (creation?.change?.type !== 'created') return [];
    const { members } = creation.change;
    return events.filter(isOwnBlock).flatMap(({ sender }) => {
      const pair = `${sender} reports ${members.find((member) => member !== sender)}`;
      return reported.has(pair) ? [] : [`blocked without a report: ${pair}`];
    });
  });
  return { reported: reported.size, wrong: [...twice.map((pair) => `twice: ${pair}`), ...missing] };
}

/** By a device's command: what comes by HTTP has no name. */
function isOwnBlock({ change, clientMessageId }: TrueEvent): boolean {
  const isAct = change?.type === 'related' || change?.type === 'created';
  return clientMessageId !== undefined && isAct && change.act === 'block';
}
