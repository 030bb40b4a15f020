// Jobs as they run, told by the server as they change.
import { api } from './api/client';
import type { Job } from './api/types';

export const jobs = $state<{ list: Job[] }>({ list: [] });

/** Follows the jobs until the returned function is called; `onchange` runs when reports of one have come in. */
export function watchJobs(onchange: () => void): () => void {
  void api.get<{ items: Job[] }>('/jobs').then((it) => (jobs.list = it.items), () => undefined);
  const source = new EventSource('/api/v1/jobs/stream');
  source.addEventListener('job', (event) => {
    const job = JSON.parse((event as MessageEvent<string>).data) as Job;
    const at = jobs.list.findIndex((it) => it.id === job.id);
    const before = jobs.list[at];
    if (at >= 0) jobs.list[at] = job;
    else jobs.list.unshift(job);
    if (job.state === 'done' || job.state === 'failed' || job.n_done !== before?.n_done) onchange();
  });
  return () => source.close();
}
