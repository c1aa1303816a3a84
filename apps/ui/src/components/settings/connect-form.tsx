'use client';

import { unwrap, type ProviderView } from '@parley/client';
import { useState, type SubmitEvent } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { Button } from '../button';
import { Field } from '../field';
import { formText } from '../form-text';
import { Notice, ProblemNotice } from '../notice';
import { Select } from '../select';
import { useSaving } from '../use-saving';
import { labelOf } from './label-of';

const said = strings.settings.connections;
/** The one secret that a person need not have: their consent gives it. */
const FROM_CONSENT = 'refreshToken';

interface ConnectFormProps {
  providers: ProviderView[];
  onConnected: () => void;
}

/** Asks for what the chosen service says that it needs. */
export function ConnectForm({ providers, onConnected }: ConnectFormProps) {
  const [chosen, setChosen] = useState(providers[0]?.id ?? '');
  const { busy, error, save, clearError } = useSaving();
  const [consentUrl, setConsentUrl] = useState<string | null>(null);
  const provider = providers.find(({ id }) => id === chosen);
  const { integrations } = pageClient();

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const asked = event.nativeEvent.submitter as HTMLButtonElement | null;
    setConsentUrl(null);
    await save(async () => {
      const { name, settings } = answersOf(form, provider);
      if (asked?.value === 'consent') {
        const { [FROM_CONSENT]: _given, ...others } = settings;
        const body = { provider: chosen, name, settings: others };
        const { url } = await unwrap(integrations.POST('/v1/authorizations', { body }));
        setConsentUrl(url);
      } else {
        const body = { provider: chosen, name, settings };
        await unwrap(integrations.POST('/v1/connections', { body }));
        form.reset();
        onConnected();
      }
    });
  };

  const byConsent = provider?.settings.some(({ name }) => name === FROM_CONSENT) ?? false;
  return (
    <form
      onSubmit={(event) => void submit(event)}
      className="space-y-3 rounded-xl border border-line bg-surface p-4 sm:p-5"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={said.provider}
          value={chosen}
          onChange={(event) => {
            setChosen(event.target.value);
            setConsentUrl(null);
            clearError();
          }}
          choices={providers.map(({ id, name }) => [id, name] as const)}
        />
        <Field
          key={`name of ${chosen}`}
          label={said.name}
          name="connection-name"
          defaultValue={provider?.name}
          required
          maxLength={100}
          autoComplete="off"
        />
        {(provider?.settings ?? []).map(({ name, required, secret, description }) => (
          <Field
            key={`${chosen} ${name}`}
            label={required ? labelOf(name) : `${labelOf(name)} (${said.optional})`}
            name={`setting-${name}`}
            // What a consent gives may stay empty: the service says so when neither is there.
            required={required && name !== FROM_CONSENT}
            type={secret ? 'password' : 'text'}
            // A password that the browser keeps is another service's.
            autoComplete={secret ? 'new-password' : 'off'}
            spellCheck={false}
            hint={secret ? `${description} ${said.secret}` : description}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? said.connecting : said.connect}
        </Button>
        {byConsent ? (
          <Button type="submit" value="consent" disabled={busy}>
            {said.consent}
          </Button>
        ) : null}
      </div>
      {consentUrl && /^https?:\/\//.test(consentUrl) ? (
        <Notice>
          <a href={consentUrl} rel="noreferrer noopener" className="text-accent underline">
            {said.consentGo}
          </a>
          . {said.consentHint}
        </Notice>
      ) : null}
      <ProblemNotice error={error} />
    </form>
  );
}

function answersOf(
  form: HTMLFormElement,
  provider: ProviderView | undefined,
): { name: string; settings: Record<string, string> } {
  const data = new FormData(form);
  const settings = (provider?.settings ?? [])
    .map(({ name }) => [name, formText(data, `setting-${name}`)] as const)
    .filter(([, value]) => value !== '');
  return { name: formText(data, 'connection-name'), settings: Object.fromEntries(settings) };
}
