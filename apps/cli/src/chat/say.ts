import type { EffectDeps } from './effect-deps.ts';
import type { Notice } from './state/ui.ts';

type Dispatch = EffectDeps['dispatch'];

/** Says what came of an effect, where the hint stands. */
export function say(dispatch: Dispatch, tone: Notice['tone'], text: string): void {
  dispatch({ kind: 'notice', notice: { tone, text } });
}

/** Shows links in a panel, each in a line of its own. */
export function showLinks(dispatch: Dispatch, title: string, text: string, parted: string): void {
  dispatch({ kind: 'panel', panel: { kind: 'links', title, text, parted, scroll: 0 } });
}

/** Shows in a panel what came of an effect. */
export function showText(dispatch: Dispatch, title: string, text: string): void {
  dispatch({ kind: 'panel', panel: { kind: 'text', title, text, scroll: 0 } });
}
