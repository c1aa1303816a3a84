import type { Fault } from '../fault';
import { messageFaults } from './message.faults';
import { networkFaults } from './network.faults';
import { postgresFaults } from './postgres.faults';
import { processFaults } from './process.faults';
import { providerFaults } from './provider.faults';
import { redisFaults } from './redis.faults';

/** Every way in which things go wrong here. */
export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...redisFaults,
  ...postgresFaults,
  ...networkFaults,
  ...providerFaults,
  ...messageFaults,
];
