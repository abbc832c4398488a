/** What `maru chat` does about a device that asks to be let in. */
import type { EffectDeps } from './effect-deps.ts';
import type { DeviceEffect } from './state/effect.ts';
import { shownInline } from './text/shown-text.ts';
import { whenText } from './view/times.ts';

export async function runDeviceEffect({ act, code }: DeviceEffect, deps: EffectDeps): Promise<void> {
  const { client, dispatch, world } = deps;
  switch (act) {
    case 'look':
      return look(code, deps);
    case 'confirm': {
      const { check } = await client.devices.confirm(code);
      const { deviceDigits: title, deviceDigitsHint } = world().texts;
      const text = `${check}\n\n${deviceDigitsHint}`;
      dispatch({ kind: 'panel', panel: { kind: 'text', title, text, scroll: 0 } });
      return;
    }
    case 'refuse':
      await client.devices.refuse(code);
      dispatch({ kind: 'notice', notice: { tone: 'good', text: world().texts.deviceRefused } });
  }
}

/** Shows what asks, and asks whether it is to be let in. */
async function look(code: string, { client, dispatch, world }: EffectDeps): Promise<void> {
  const { name, address, sameNetwork, askedAt, state } = await client.devices.look(code);
  const now = world();
  const { texts } = now;
  if (state === 'signed-in') {
    dispatch({ kind: 'notice', notice: { tone: 'good', text: texts.deviceIsIn(shownInline(name)) } });
    return;
  }
  const text = [
    texts.deviceName(shownInline(name)),
    texts.deviceFrom(shownInline(address), sameNetwork),
    texts.deviceAsked(whenText(askedAt, now)),
    '',
    texts.deviceWarning,
  ].join('\n');
  dispatch({
    kind: 'ask',
    panel: { kind: 'text', title: texts.deviceAsks, text, scroll: 0 },
    confirm: { question: texts.askDevice, effect: { kind: 'device', act: 'confirm', code } },
  });
}
