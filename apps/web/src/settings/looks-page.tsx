import { keepLanguage, LANGUAGES } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.tsx';
import { prefer, SEND_KEYS, TEXT_SIZES, THEMES, usePreferences } from '../state/preferences.ts';
import { ChoiceGroup } from '../ui/choice-group.tsx';
import { SettingsPage } from './settings-page.tsx';

/** How the app looks and what a key does, in this browser. */
export function LooksPage() {
  const { t, language } = useTexts();
  const chosen = usePreferences();
  return (
    <SettingsPage title={t('settings.page.looks')}>
      <ChoiceGroup
        label={t('settings.theme')}
        choices={THEMES.map((value) => ({ value, text: t(`settings.theme.${value}`) }))}
        chosen={chosen.theme}
        onChoose={(theme) => prefer({ theme })}
      />
      <ChoiceGroup
        label={t('settings.language')}
        choices={LANGUAGES.map((value) => ({ value, text: t(`settings.language.${value}`) }))}
        chosen={language}
        onChoose={(value) => {
          keepLanguage(value);
          location.reload();
        }}
      />
      <ChoiceGroup
        label={t('settings.textSize')}
        choices={TEXT_SIZES.map((value) => ({ value, text: t(`settings.textSize.${value}`) }))}
        chosen={chosen.textSize}
        onChoose={(textSize) => prefer({ textSize })}
      />
      <ChoiceGroup
        label={t('settings.sendKey')}
        choices={SEND_KEYS.map((value) => ({ value, text: t(`settings.sendKey.${value}`) }))}
        chosen={chosen.sendKey}
        onChoose={(sendKey) => prefer({ sendKey })}
      />
      <p className="px-1 text-faint text-small">{t('settings.sendKeyHint')}</p>
    </SettingsPage>
  );
}
