import 'reflect-metadata';
import { runService } from '@parley/service';
import { RagModule } from './rag.module';

void runService('rag', RagModule);
