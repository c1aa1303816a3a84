// Installs the packages of the page where they are not yet: what reads its types needs them.
import { installPage } from './set-up-page.mjs';

await installPage(console.error);
