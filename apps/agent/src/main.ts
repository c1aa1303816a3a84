import 'reflect-metadata';
import { runService } from '@parley/service';
import { AgentModule } from './agent.module';

void runService('agent', AgentModule);
