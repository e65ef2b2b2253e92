// The questions the stage asks the job queue, and how it lets time pass for it.

/** How much is left to do, and how much of it waits for a time that has not come. */
export const jobsLeft = `
  select count(*)::int as jobs, (count(*) filter (where run_at > now() and locked_at is null))::int as later
  from graphile_worker._private_jobs where attempts < max_attempts`

const wake = `pg_notify('jobs:insert', '{"r":' || random()::text || ',"count":10}')`

/**
 * Does now what waits for the nearest time. Leases go with the time that is skipped: when all there is waits, whoever
 * holds one is dead. What somebody is at is left to them.
 */
export const skipWaiting = `
  with leases as (
    update rate_limits set expire = 0
    where key in (select key from rate_limits where key like 'lease:%' for update skip locked)),
  jobs as (
    update graphile_worker._private_jobs set run_at = now()
    where id in (
      select id from graphile_worker._private_jobs where attempts < max_attempts and run_at <= (
        select min(run_at) + interval '1 second' from graphile_worker._private_jobs where attempts < max_attempts)
      for update skip locked)
    returning id)
  select ${wake} from (select count(*) from jobs) as skipped`

/** What is held was taken a minute ago: whoever is dead by now is seen to be. */
export const ageLocks = `
  with queues as (
    update graphile_worker._private_job_queues set locked_at = locked_at - interval '1 minute' where locked_at is not null)
  update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute' where locked_at is not null`

/** What is in the queue, for telling why it does not become empty: first what somebody holds, then what waits longest. */
export const jobsNow = `
  select t.identifier as task, j.key, j.attempts, j.last_error, j.locked_by, j.locked_at::text, j.run_at::text, now()::text as now, e.kind, e.payload
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  left join events e on j.key = 'event:' || e.id
  where j.attempts < j.max_attempts order by j.locked_by, j.run_at limit 8`
