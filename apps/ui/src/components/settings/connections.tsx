'use client';

import { unwrap, type ConnectionView, type ProviderView } from '@parley/client';
import { useCallback, useEffect, useState } from 'react';
import { pageClient } from '@/parley';
import { strings } from '@/strings';
import { usePaged } from '../use-paged';
import { ConnectForm } from './connect-form';
import { ConnectionRow } from './connection-row';
import { PagedList, Section } from './section';
import { Needs } from './visitor';

const said = strings.settings.connections;

export function Connections() {
  return (
    <Needs scope="admin">
      <ConnectionSettings />
    </Needs>
  );
}

function ConnectionSettings() {
  const [providers, setProviders] = useState<ProviderView[]>([]);
  const load = useCallback(async () => {
    const { integrations } = pageClient();
    // Asked along: whether a service is left alone just now is said of the service, not of the connection.
    const [all, connections] = await Promise.all([
      unwrap(integrations.GET('/v1/providers')),
      unwrap(integrations.GET('/v1/connections')),
    ]);
    setProviders(all.items);
    return connections;
  }, []);
  const list = usePaged<ConnectionView>(load);
  const { reload, refresh } = list;
  useEffect(() => {
    window.addEventListener('focus', refresh);
    return () => {
      window.removeEventListener('focus', refresh);
    };
  }, [refresh]);
  return (
    <>
      <Section title={said.title} intro={said.intro}>
        <PagedList
          list={list}
          empty={said.empty}
          row={(connection) => (
            <ConnectionRow
              connection={connection}
              provider={providers.find(({ id }) => id === connection.provider)}
              onChanged={() => void reload()}
            />
          )}
        />
      </Section>
      {providers.length > 0 ? (
        <Section title={said.add}>
          <ConnectForm providers={providers} onConnected={() => void reload()} />
        </Section>
      ) : null}
    </>
  );
}
