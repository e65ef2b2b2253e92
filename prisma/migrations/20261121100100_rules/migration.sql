-- What Prisma cannot say: roles, row-level security, the rules of money that no bug in the application may get around.

-- Roles. The application owns nothing and cannot bypass row-level security; the system role may look across tenants.
DO $$ BEGIN CREATE ROLE closeloop_app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE closeloop_system NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  EXECUTE format('GRANT closeloop_app, closeloop_system TO %I', current_user);
EXCEPTION WHEN OTHERS THEN NULL; -- a superuser may take on any role without being a member
END $$;

-- Amounts and states.
ALTER TABLE journal_lines
  ADD CONSTRAINT journal_lines_amount CHECK (amount_minor > 0),
  ADD CONSTRAINT journal_lines_accounts CHECK (
    debit <> credit
    AND debit IN ('receivable', 'unapplied', 'clearing', 'bank', 'processor_fees', 'surcharge_income', 'disputed', 'write_offs', 'billed')
    AND credit IN ('receivable', 'unapplied', 'clearing', 'bank', 'processor_fees', 'surcharge_income', 'disputed', 'write_offs', 'billed')),
  ADD CONSTRAINT journal_lines_client CHECK ((debit NOT IN ('receivable', 'unapplied') AND credit NOT IN ('receivable', 'unapplied')) OR client_id IS NOT NULL),
  ADD CONSTRAINT journal_lines_currency CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE invoices DROP COLUMN balance_minor;
ALTER TABLE invoices ADD COLUMN balance_minor bigint GENERATED ALWAYS AS (CASE WHEN state = 'void' THEN 0 ELSE total_minor - settled_minor END) STORED;
ALTER TABLE invoices
  ADD CONSTRAINT invoices_kind CHECK (kind IN ('invoice', 'credit_memo')),
  ADD CONSTRAINT invoices_state CHECK (state IN ('open', 'void')),
  ADD CONSTRAINT invoices_total CHECK (total_minor >= 0),
  -- Nothing is ever paid twice over: what comes in beyond the total is the client's credit, not the invoice's.
  ADD CONSTRAINT invoices_balance CHECK (settled_minor >= 0 AND (state = 'void' OR settled_minor <= total_minor)),
  ADD CONSTRAINT invoices_void CHECK (state <> 'void' OR (voided_at IS NOT NULL AND settled_minor = 0));
CREATE INDEX invoices_open ON invoices (tenant_id, due_on, id) INCLUDE (client_id, balance_minor) WHERE balance_minor > 0 AND kind = 'invoice';

ALTER TABLE attempts
  ADD CONSTRAINT attempts_amount CHECK (amount_minor > 0 AND surcharge_minor >= 0 AND surcharge_minor < amount_minor
    AND refunded_minor >= 0 AND refunded_minor <= amount_minor AND (fee_minor IS NULL OR fee_minor >= 0)),
  ADD CONSTRAINT attempts_sent CHECK (state IN ('created', 'canceled', 'failed') OR sent_at IS NOT NULL),
  ADD CONSTRAINT attempts_succeeded CHECK (state NOT IN ('succeeded', 'part_refunded', 'refunded', 'disputed', 'returned') OR (succeeded_at IS NOT NULL AND charge_id IS NOT NULL));
CREATE INDEX attempts_in_flight ON attempts (tenant_id, state_at) WHERE state IN ('created', 'sent', 'requires_action', 'processing', 'unknown');

ALTER TABLE allocations ADD CONSTRAINT allocations_amount CHECK (amount_minor > 0);
-- A second attempt for the same money waits or is refused.
CREATE UNIQUE INDEX allocations_one_in_flight ON allocations (tenant_id, invoice_id) WHERE in_flight;

ALTER TABLE refunds
  ADD CONSTRAINT refunds_amount CHECK (amount_minor > 0 AND surcharge_minor >= 0 AND surcharge_minor <= amount_minor),
  ADD CONSTRAINT refunds_state CHECK (state IN ('created', 'sent', 'unknown', 'pending', 'succeeded', 'failed'));
ALTER TABLE disputes
  ADD CONSTRAINT disputes_amount CHECK (amount_minor > 0 AND fee_minor >= 0),
  ADD CONSTRAINT disputes_state CHECK (kind IN ('return', 'chargeback') AND state IN ('open', 'won', 'lost'));
ALTER TABLE recorded_payments ADD CONSTRAINT recorded_payments_amount CHECK (amount_minor > 0);
ALTER TABLE balance_transactions ADD CONSTRAINT balance_transactions_net CHECK (amount_minor - fee_minor = net_minor);
ALTER TABLE payouts ADD CONSTRAINT payouts_state CHECK (state IN ('pending', 'in_transit', 'paid', 'failed', 'canceled'));
ALTER TABLE postings
  ADD CONSTRAINT postings_state CHECK (state IN ('waiting', 'posted', 'retrying', 'checking', 'refused', 'reversed')),
  ADD CONSTRAINT postings_posted CHECK (state NOT IN ('posted', 'reversed') OR external_id IS NOT NULL);
ALTER TABLE write_backs
  ADD CONSTRAINT write_backs_amount CHECK (amount_minor >= 0 AND written_minor >= 0),
  ADD CONSTRAINT write_backs_state CHECK (state IN ('waiting', 'in_step', 'retrying', 'checking', 'needs_you')),
  ADD CONSTRAINT write_backs_in_step CHECK (state <> 'in_step' OR written_minor = amount_minor);
ALTER TABLE connections
  ADD CONSTRAINT connections_kind CHECK (kind IN ('psa', 'accounting', 'payments')),
  ADD CONSTRAINT connections_state CHECK (state IN ('connected', 'needs_reconnect', 'disconnected'));
CREATE UNIQUE INDEX connections_one_live ON connections (tenant_id, kind) WHERE state <> 'disconnected';
-- One Stripe account, one PSA company, one set of books: of one tenant only.
CREATE UNIQUE INDEX connections_one_tenant ON connections (connector, account) WHERE state <> 'disconnected';
ALTER TABLE staff ADD CONSTRAINT staff_role CHECK (role IN ('owner', 'finance', 'viewer') AND email = lower(email));
ALTER TABLE contacts ADD CONSTRAINT contacts_role CHECK (role IN ('owner', 'payer', 'viewer') AND (email IS NULL OR email = lower(email)));
ALTER TABLE sessions ADD CONSTRAINT sessions_audience CHECK (audience IN ('staff', 'contact'));
ALTER TABLE sign_ins ADD CONSTRAINT sign_ins_audience CHECK (audience IN ('staff', 'contact'));
ALTER TABLE events ADD CONSTRAINT events_state CHECK (state IN ('waiting', 'done', 'dead'));
ALTER TABLE messages ADD CONSTRAINT messages_state CHECK (state IN ('waiting', 'sending', 'sent', 'failed')),
  -- A line break in a subject or an address would let its author write headers.
  ADD CONSTRAINT messages_one_line CHECK (subject !~ '[\r\n]' AND to_email !~ '[\r\n]');
CREATE UNIQUE INDEX exceptions_one_open ON exceptions (tenant_id, cause, subject_id) WHERE closed_at IS NULL;

-- Append-only.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['journal_entries', 'journal_lines', 'journal_seals', 'invoice_versions', 'invoice_lines', 'audit_entries', 'attempt_transitions', 'tie_outs'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name || '_append_only', name);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name || '_no_truncate', name);
  END LOOP;
END $$;

-- The journal moves the invoices: what payments and credits take off a receivable settles it, what goes back re-opens it.
-- Lines against "billed" are the invoice itself and move its total instead.
CREATE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d record;
BEGIN
  -- Each by its key, in the order in which invoices are locked everywhere. A join would be planned while the tables are
  -- still small, and the plan kept when they no longer are.
  FOR d IN
    SELECT l.tenant_id, l.invoice_id,
           max((SELECT e.happened_at FROM journal_entries e WHERE e.tenant_id = l.tenant_id AND e.id = l.entry_id)) AS happened_at,
           sum(CASE WHEN l.credit = 'receivable' THEN l.amount_minor ELSE -l.amount_minor END) AS delta
    FROM new_lines l
    WHERE l.invoice_id IS NOT NULL AND 'receivable' IN (l.debit, l.credit) AND 'billed' NOT IN (l.debit, l.credit)
    GROUP BY l.tenant_id, l.invoice_id ORDER BY l.tenant_id, l.invoice_id
  LOOP
    CONTINUE WHEN d.delta = 0;
    UPDATE invoices i
    SET settled_minor = i.settled_minor + d.delta,
        settled_at = CASE WHEN i.settled_minor + d.delta >= i.total_minor THEN d.happened_at ELSE NULL END
    WHERE i.tenant_id = d.tenant_id AND i.id = d.invoice_id;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_lines_settle AFTER INSERT ON journal_lines REFERENCING NEW TABLE AS new_lines
  FOR EACH STATEMENT EXECUTE FUNCTION settle_invoices();

CREATE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO journal_unsealed (tenant_id, entry_id) SELECT tenant_id, id FROM new_entries;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_entries_await_seal AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION await_seal();

-- The moves an attempt may make. News from Stripe outranks what we believed: a failed or canceled one may turn out paid.
CREATE TABLE attempt_moves (from_state text NOT NULL, to_state text NOT NULL, PRIMARY KEY (from_state, to_state));
INSERT INTO attempt_moves
SELECT split_part(move, ' ', 1), to_state
FROM unnest(ARRAY[
  'created sent,failed,canceled',
  'sent requires_action,processing,unknown,succeeded,failed,canceled',
  'unknown requires_action,processing,succeeded,failed,canceled',
  'requires_action processing,unknown,succeeded,failed,canceled',
  'processing unknown,succeeded,failed,canceled',
  'failed succeeded,processing', 'canceled succeeded,processing',
  'succeeded part_refunded,refunded,disputed,returned',
  'part_refunded succeeded,refunded,disputed,returned',
  'refunded succeeded,part_refunded,disputed,returned',
  'disputed succeeded,part_refunded,refunded,returned',
  'returned succeeded,part_refunded,refunded']) AS move, unnest(string_to_array(split_part(move, ' ', 2), ',')) AS to_state;

CREATE FUNCTION move_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE flying boolean := NEW.state IN ('created', 'sent', 'requires_action', 'processing', 'unknown');
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'created' THEN RAISE EXCEPTION 'an attempt begins as created' USING ERRCODE = 'check_violation'; END IF;
    INSERT INTO attempt_transitions (tenant_id, attempt_id, to_state, at) VALUES (NEW.tenant_id, NEW.id, NEW.state, NEW.state_at);
    RETURN NULL;
  END IF;
  IF NEW.amount_minor <> OLD.amount_minor OR NEW.currency <> OLD.currency OR NEW.surcharge_minor <> OLD.surcharge_minor OR NEW.client_id <> OLD.client_id OR NEW.account <> OLD.account THEN
    RAISE EXCEPTION 'what an attempt charges is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.payment_intent_id IS NOT NULL AND NEW.payment_intent_id IS DISTINCT FROM OLD.payment_intent_id THEN
    RAISE EXCEPTION 'an attempt has one payment intent' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state THEN RETURN NULL; END IF;
  IF NOT EXISTS (SELECT 1 FROM attempt_moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
    RAISE EXCEPTION 'an attempt does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO attempt_transitions (tenant_id, attempt_id, from_state, to_state, at) VALUES (NEW.tenant_id, NEW.id, OLD.state, NEW.state, NEW.state_at);
  UPDATE allocations SET in_flight = flying WHERE tenant_id = NEW.tenant_id AND attempt_id = NEW.id AND in_flight <> flying;
  RETURN NULL;
END $$;
CREATE TRIGGER attempts_move AFTER INSERT OR UPDATE ON attempts FOR EACH ROW EXECUTE FUNCTION move_attempt();

-- An allocation may take no more than the invoice owes, of the same client and currency, at the moment it is made.
CREATE FUNCTION check_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owed record;
BEGIN
  SELECT i.balance_minor, i.kind, i.state, i.currency, i.client_id, a.currency AS paid_in, a.client_id AS payer
  INTO owed
  FROM invoices i JOIN attempts a ON a.tenant_id = NEW.tenant_id AND a.id = NEW.attempt_id
  WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invoice_id
  FOR UPDATE OF i;
  IF owed.kind <> 'invoice' OR owed.state <> 'open' OR owed.currency <> owed.paid_in OR owed.client_id <> owed.payer THEN
    RAISE EXCEPTION 'this invoice cannot be paid by this attempt' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.amount_minor > owed.balance_minor THEN
    RAISE EXCEPTION 'an allocation of % exceeds the balance of %', NEW.amount_minor, owed.balance_minor USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER allocations_check BEFORE INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION check_allocation();

-- Refunds never add up to more than was charged.
CREATE FUNCTION check_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE charged bigint; returned numeric;
BEGIN
  SELECT amount_minor INTO charged FROM attempts WHERE tenant_id = NEW.tenant_id AND id = NEW.attempt_id FOR UPDATE;
  SELECT coalesce(sum(amount_minor), 0) INTO returned FROM refunds
  WHERE tenant_id = NEW.tenant_id AND attempt_id = NEW.attempt_id AND id <> NEW.id AND state <> 'failed';
  IF NEW.state <> 'failed' AND returned + NEW.amount_minor > charged THEN
    RAISE EXCEPTION 'refunds of % exceed the charge of %', returned + NEW.amount_minor, charged USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refunds_check BEFORE INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION check_refunds();

-- Rate limits are shared by all webs; keys are hashes.
CREATE TABLE rate_limits (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint);

-- The queue. `add_job` runs in the caller's transaction: the state changed and the work is queued, or neither. Its
-- statements find rows by key: planning them anew for each job would cost more than running them.
CREATE FUNCTION enqueue(task text, payload json, job_key text DEFAULT NULL, run_at timestamptz DEFAULT NULL, queue text DEFAULT NULL, max_attempts int DEFAULT NULL, job_key_mode text DEFAULT 'replace')
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan AS $$
  SELECT graphile_worker.add_job(task, payload, queue, run_at, max_attempts, job_key, NULL, NULL, job_key_mode)
$$;
-- The same for many at once, as one batch: each call of its own costs more than the row it is about.
CREATE FUNCTION enqueue_all(task text, payloads json[], job_keys text[])
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan AS $$
  SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
    SELECT ROW(task, asked.payload, NULL, NULL, NULL, asked.job_key, NULL, NULL)::graphile_worker.job_spec
    FROM unnest(payloads, job_keys) AS asked (payload, job_key)))
$$;

-- After a first sync the tables are full of what PostgreSQL knows nothing of yet: it looks once a minute at most, and until
-- then plans for empty ones. Only an owner may have it look.
CREATE FUNCTION refresh_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  ANALYZE clients, contacts, agreements, agreement_additions, external_refs, invoices, invoice_versions, invoice_lines,
    recorded_payments, journal_entries, journal_lines, journal_unsealed, events;
END $$;

-- Row-level security, the same for every tenant table. A migration that adds a table ends with `SELECT protect_tenant_tables();`
-- The policy is a plain expression: a sub-select in it is refused by a sharded table.
CREATE FUNCTION protect_tenant_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT c.relname AS name, a.attname AS key
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND (a.attname = 'tenant_id' OR (c.relname = 'tenants' AND a.attname = 'id'))
      AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY of_tenant ON %I TO closeloop_app USING (%I = nullif(current_setting(''app.tenant_id'', true), '''')::uuid) WITH CHECK (%I = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t.name, t.key, t.key);
    EXECUTE format('CREATE POLICY of_system ON %I TO closeloop_system USING (true) WITH CHECK (true)', t.name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO closeloop_app, closeloop_system', t.name);
  END LOOP;
END $$;
SELECT protect_tenant_tables();

REVOKE UPDATE ON journal_entries, journal_lines, journal_seals, invoice_versions, invoice_lines, audit_entries, attempt_transitions, tie_outs FROM closeloop_app, closeloop_system;
GRANT DELETE ON journal_unsealed, agreement_additions TO closeloop_app, closeloop_system;
REVOKE INSERT ON tenants FROM closeloop_app;
GRANT SELECT ON attempt_moves TO closeloop_app, closeloop_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO closeloop_app, closeloop_system;
GRANT SELECT, INSERT ON stray_events TO closeloop_app, closeloop_system;
GRANT SELECT ON _prisma_migrations TO closeloop_system;
GRANT USAGE ON SCHEMA public TO closeloop_app, closeloop_system;
REVOKE ALL ON FUNCTION enqueue, enqueue_all, refresh_statistics FROM public;
GRANT EXECUTE ON FUNCTION enqueue, enqueue_all, refresh_statistics TO closeloop_app, closeloop_system;
-- For /api/metrics: how deep and how old the queue is.
GRANT USAGE ON SCHEMA graphile_worker TO closeloop_system;
GRANT SELECT ON ALL TABLES IN SCHEMA graphile_worker TO closeloop_system;
