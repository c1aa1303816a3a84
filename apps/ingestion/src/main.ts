import 'reflect-metadata';
import { runService } from '@parley/service';
import { IngestionModule } from './ingestion.module';

void runService('ingestion', IngestionModule);
