import './no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { browserDoors } from './app/browser-doors.ts';
import { fetchAhead } from './app/parts.ts';
import { directionOf } from './i18n/direction.ts';
import { chosenLanguage } from './i18n/language.ts';
import { loadTexts, TextsProvider } from './i18n/texts.tsx';
import { knownDevice } from './state/known-device.ts';
import { followLooks } from './state/preferences.ts';
import { Session } from './state/session.ts';
import './styles.css';

const screen = fetchAhead(knownDevice() !== undefined);
const session = new Session(browserDoors);
void session.start();
followLooks();
const language = chosenLanguage();
document.documentElement.lang = language;
document.documentElement.dir = directionOf(language);
document.querySelector('link[rel=manifest]')?.setAttribute('href', `/${language}.webmanifest`);
const [texts] = await Promise.all([loadTexts(language), screen]);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <TextsProvider texts={texts}>
      <App session={session} />
    </TextsProvider>
  </StrictMode>,
);
