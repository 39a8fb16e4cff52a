import './bridge/no-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { watchPerson, watchStale } from './bridge/invalidation.ts'
import { createQueryClient } from './bridge/query-client.ts'
import { startWords } from './i18n/setup.ts'
import './styles/tokens.css'
import './styles/base.css'

const client = createQueryClient()
startWords()
watchStale(client)
watchPerson(client)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
