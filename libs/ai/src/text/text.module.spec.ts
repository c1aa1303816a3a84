import { loadSettings, serviceSettings, type ServiceSettings } from '@parley/config';
import { textEngine } from './text.module';

const settings = (env: Record<string, string>): ServiceSettings =>
  loadSettings(serviceSettings, { env, secretsDir: '/nonexistent' });

describe('textEngine', () => {
  it('is null while neither a key nor an endpoint is configured', () => {
    expect(textEngine(settings({}))).toBeNull();
  });

  it('is there with an endpoint that wants no key', () => {
    expect(textEngine(settings({ OPENAI_BASE_URL: 'http://localhost:11434/v1' }))?.name).toBe(
      'openai:gpt-4o-mini',
    );
  });

  it('takes the model that the settings name', () => {
    const engine = textEngine(settings({ OPENAI_API_KEY: 'key', OPENAI_TEXT_MODEL: 'other' }));
    expect(engine?.name).toBe('openai:other');
  });
});
