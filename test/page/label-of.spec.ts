import { labelOf } from '../../apps/ui/src/components/settings/label-of';

it('the name of a setting is read as words, and what is short for something in capitals', () => {
  expect(labelOf('url')).toBe('URL');
  expect(labelOf('baseUrl')).toBe('Base URL');
  expect(labelOf('clientId')).toBe('Client ID');
  expect(labelOf('refreshToken')).toBe('Refresh token');
});
