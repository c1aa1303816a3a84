import { beginLeanBoot } from './lean-boot';

// Importing this library is the beginning: it is the first import of every service's `main.ts`.
beginLeanBoot();

export { bootFinished } from './lean-boot';
