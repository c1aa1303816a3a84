import 'reflect-metadata';
import { runService } from '@parley/service';
import { IntegrationsModule } from './integrations.module';

void runService('integrations', IntegrationsModule);
