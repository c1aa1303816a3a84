import { changeWords } from '../../apps/ui/src/components/meeting/change-words';

it('a word is added to those that somebody else added meanwhile', () => {
  expect(changeWords(['Ana'], ['Ana', 'Keycloak'], ['Ana', 'Sentry'])).toEqual([
    'Ana',
    'Sentry',
    'Keycloak',
  ]);
});

it('a word that somebody else added already is not added twice', () => {
  expect(changeWords([], ['Keycloak'], ['keycloak'])).toEqual(['keycloak']);
});

it('only the word that was taken out goes, and what somebody else took out stays out', () => {
  expect(changeWords(['Ana', 'Bo', 'Cy'], ['Ana', 'Cy'], ['Ana', 'Bo', 'Di'])).toEqual([
    'Ana',
    'Di',
  ]);
});
