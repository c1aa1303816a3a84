import { LoadedLanguages } from './loaded-languages';

describe('a model that is loaded for each language', () => {
  let loads: string[];
  let models: LoadedLanguages<string>;

  beforeEach(() => {
    loads = [];
    models = new LoadedLanguages('en', (language) => {
      loads.push(language);
      return Promise.resolve(`model of ${language}`);
    });
  });

  const ask = async (...languages: string[]): Promise<string[]> => {
    loads = [];
    for (const language of languages) expect(await models.of(language)).toContain(language);
    return loads;
  };

  it('is loaded once, also for those who ask at once', async () => {
    await Promise.all([models.of('de'), models.of('de')]);
    expect(loads).toEqual(['de']);
  });

  it('is kept for three languages, and the one asked for longest ago goes', async () => {
    expect(await ask('en', 'de', 'fr', 'de', 'es')).toEqual(['en', 'de', 'fr', 'es']);
    expect(await ask('en', 'de', 'es')).toEqual([]);
    expect(await ask('fr')).toEqual(['fr']);
    expect(await ask('de')).toEqual(['de']);
  });

  it('always stays for the first language', async () => {
    await ask('en', 'de', 'fr', 'es', 'it');
    expect(await ask('en')).toEqual([]);
  });

  it('is loaded anew after it could not be', async () => {
    let works = false;
    const moody = new LoadedLanguages('en', (language) =>
      works ? Promise.resolve(language) : Promise.reject(new Error('no memory')),
    );
    await expect(moody.of('en')).rejects.toThrow('no memory');
    works = true;
    expect(await moody.of('en')).toBe('en');
  });
});
