import type { Delivery, Envelope } from '@parley/contracts';
import type { ProviderFault } from '@parley/testing';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020';
import type { ToolClass } from '../providers/tool';
import type { ProviderView } from '../providers/provider.view';
import { approved, type RunningIntegrations } from './running-integrations';

/** One tool of a provider, for {@link providerContract}. */
export interface ToolUnderTest {
  provider: string;
  tool: string;
  class: Exclude<ToolClass, 'at-least-once'>;
  /** Of a connection that works. */
  settings: () => Record<string, unknown>;
  arguments: Record<string, unknown>;
  fake: () => { failNext(...faults: ProviderFault[]): void };
  /** How often the provider did it. */
  effects: (actionId: string) => number;
}

/** After these nobody knows whether it was done. */
const SILENT: ProviderFault[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, headers: { 'retry-after': '0' } },
  { kind: 'hang' },
  { kind: 'reset' },
  { kind: 'html' },
  { kind: 'half' },
  { kind: 'endless' },
];

/** What every provider keeps, with real HTTP to its fake: one approved action has one effect, whatever goes wrong. */
export function providerContract(parley: () => RunningIntegrations, tool: ToolUnderTest): void {
  describe(`an action approved for ${tool.tool}`, () => {
    let connection: string;
    beforeAll(async () => {
      connection = await parley().connect(tool.provider, tool.settings());
    });

    const action = () =>
      approved(connection, {
        provider: tool.provider,
        tool: tool.tool,
        arguments: tool.arguments,
      });
    async function outcomeOf(event: Envelope<'action.approved'>): Promise<Delivery> {
      await parley().publish(event);
      return parley().outcomeOf(event);
    }
    const outcomes = ({ attempts }: Delivery) => attempts.map(({ outcome }) => outcome);
    const effects = ({ data }: Envelope<'action.approved'>) => tool.effects(data.actionId);

    it('has arguments that fit what the tool declares', async () => {
      const path = '/v1/providers';
      const { body } = await parley().call<{ items: ProviderView[] }>('GET', path);
      const declared = body.items
        .flatMap(({ tools }) => tools)
        .find(({ name }) => name === tool.tool);
      expect(declared).toMatchObject({ class: tool.class });
      const ajv = addFormats(new Ajv({ strict: false }));
      const fits = ajv.compile(declared?.arguments ?? false);
      expect([fits(tool.arguments), fits.errors]).toEqual([true, null]);
    });

    it('is done once, and says what the provider calls it', async () => {
      const event = action();
      const delivery = await outcomeOf(event);
      expect(delivery).toMatchObject({
        status: 'succeeded',
        externalId: expect.stringMatching(/./) as string,
      });
      expect(outcomes(delivery)).toEqual(['succeeded']);
      expect(effects(event)).toBe(1);
    });

    it.each([{ 'retry-after': '1' }, {}])('waits when it is asked to with %j', async (headers) => {
      tool.fake().failNext({ kind: 'status', status: 429, headers });
      const event = action();
      expect(outcomes(await outcomeOf(event))).toEqual(['failed', 'succeeded']);
      expect(effects(event)).toBe(1);
    });

    it('fails at once when it is refused', async () => {
      tool.fake().failNext({ kind: 'status', status: 400 });
      const event = action();
      const delivery = await outcomeOf(event);
      expect(delivery.status).toBe('failed');
      expect(outcomes(delivery)).toEqual(['failed']);
      expect(effects(event)).toBe(0);
    });

    const certainly = tool.class === 'once' ? 'is left to a person' : 'is there once';
    it.each(SILENT)(`${certainly} after %j, whether it was done or not`, async (fault) => {
      for (const acted of [true, false]) {
        tool.fake().failNext({ ...fault, acted });
        const event = action();
        const delivery = await outcomeOf(event);
        if (tool.class === 'once') {
          expect(delivery.status).toBe('uncertain');
          expect(outcomes(delivery)).toEqual(['uncertain']);
          expect(effects(event)).toBe(acted ? 1 : 0);
        } else {
          // On a crowded machine looking for it may take too long, too: then it is looked for again.
          const [first, ...more] = outcomes(delivery);
          expect(first).toBe('uncertain');
          expect(more.filter((outcome) => outcome !== 'uncertain')).toEqual(['succeeded']);
          expect(effects(event)).toBe(1);
        }
      }
    });

    it(`${certainly} when the worker dies after it was done`, async () => {
      const event = action();
      await outcomeOf(event);
      await parley().sql(
        `UPDATE integrations.deliveries SET status = 'sending', lease_owner = 'dead', sends = 1,
           lease_until = now() - interval '1 second', sending_since = now(), tries_left = 2
         WHERE action_id = $1`,
        [event.data.actionId],
      );
      const { status } = await parley().outcomeOf(event, 2);
      expect(status).toBe(tool.class === 'once' ? 'uncertain' : 'succeeded');
      expect(effects(event)).toBe(1);
    });

    it('can be tested without an effect', async () => {
      const path = `/v1/connections/${connection}/test`;
      expect(await parley().call('POST', path)).toMatchObject({
        status: 200,
        body: { works: true },
      });
      tool.fake().failNext({ kind: 'status', status: 404 });
      const { body } = await parley().call<{ works: boolean; reason: string }>('POST', path);
      expect(body).toMatchObject({ works: false, reason: expect.stringMatching(/./) as string });
    });
  });
}
