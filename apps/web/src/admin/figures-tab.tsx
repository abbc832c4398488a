import type { Figures } from '@maru/protocol';
import { useEffect, useState } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useTexts } from '../i18n/texts.tsx';
import { useClient } from '../state/client-context.tsx';
import { InfoRow } from '../ui/row.tsx';
import { Section } from '../ui/section.tsx';
import { Chart } from './chart.tsx';
import { dataSize } from './data-size.ts';
import { type Sample, sampleOf } from './sample.ts';

const EVERY_MS = 3_000;
/** Five minutes of them. */
const SAMPLES_MAX = 100;

/** The server at work: numbers, and nobody behind them. */
export function FiguresTab() {
  const { t, language, moments } = useTexts();
  const { figures, samples, error } = useFigures();
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  if (figures === undefined)
    return error === undefined ? <div aria-busy="true" /> : <p role="alert">{error}</p>;
  const last = samples.at(-1);
  const chart = (name: keyof Sample, shown: (value: number) => string) => {
    const values = samples.flatMap((sample) => sample[name] ?? []);
    if (values.length === 0) return null;
    return <Chart title={t(`admin.chart.${name}`)} value={shown(last?.[name] ?? 0)} values={values} />;
  };
  const plain = (value: number) => number.format(value);
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        {chart('sessions', plain)}
        {chart('received', plain)}
        {chart('sent', plain)}
        {chart('cpu', (value) => `${number.format(value)} %`)}
        {chart('memory', (value) => dataSize(value, language))}
        {chart('queue', plain)}
      </div>
      <Section>
        <InfoRow title={t('about.version')} text={figures.version} />
        <InfoRow title={t('admin.started')} text={moments.full(figures.startedAt)} />
        <InfoRow title={t('admin.logInFailures')} text={plain(figures.logInFailures)} />
        <InfoRow title={t('admin.rateLimited')} text={plain(figures.rateLimited)} />
        <InfoRow title={t('admin.slow')} text={plain(figures.slowSessions)} />
        {figures.machine !== undefined && (
          <InfoRow
            title={t('admin.data')}
            text={t('admin.dataOf', {
              data: dataSize(figures.machine.dataBytes, language),
              free: dataSize(figures.machine.freeBytes, language),
            })}
          />
        )}
      </Section>
    </>
  );
}

function useFigures() {
  const { t } = useTexts();
  const { api } = useClient();
  const [figures, setFigures] = useState<Figures>();
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [error, setError] = useState<string>();
  useEffect(() => {
    let isOver = false;
    let before: Figures | undefined;
    const look = async () => {
      try {
        const now = await api.getFigures();
        if (isOver) return;
        const sample = sampleOf(now, before);
        before = now;
        setFigures(now);
        setSamples((former) => [...former, sample].slice(-SAMPLES_MAX));
      } catch (reason) {
        if (!isOver) setError(errorText(reason, t));
      }
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [api, t]);
  return { figures, samples, error };
}
