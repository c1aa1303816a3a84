import { measure } from '../measure';
import { measurePage } from './measure-page';
import { pageFindings, speedPage } from './speed-page';

measure('page', async ({ say, smoke, publish }) => {
  const figures = await measurePage(say, smoke);
  publish({ page: speedPage(figures), findings: pageFindings(figures), plots: [] });
});
