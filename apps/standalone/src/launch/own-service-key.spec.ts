import { ownServiceKey } from './own-service-key';

describe("the services' own key", () => {
  afterEach(() => {
    delete process.env.SERVICE_API_KEY;
  });

  it('is made anew at each start when the operator has set none', () => {
    const [one, two] = [ownServiceKey(), ownServiceKey()];
    expect(one.SERVICE_API_KEY).toMatch(/^[0-9a-f]{64}$/);
    expect(two).not.toEqual(one);
  });

  it("leaves the operator's key alone", () => {
    process.env.SERVICE_API_KEY = 'a-key-that-the-operator-has-set';
    expect(ownServiceKey()).toEqual({});
  });
});
