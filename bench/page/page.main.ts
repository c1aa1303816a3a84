import { measure } from '../measure';
import { measurePage } from './measure-page';
import { pageFindings, speedPage } from './speed-page';

measure('page', async ({ say, smoke, ...bench }) => {
  const figures = await measurePage(say, smoke);
  bench.publish({ page: speedPage(bench, figures), findings: pageFindings(figures), plots: [] });
});
