-- The same rules with less work: what every payment and every page of a sync runs is counted in statements.

-- PostgreSQL's own, where it has one: it is inlined, and keeps the order of ids made in the same instant.
DO $$ BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    CREATE OR REPLACE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT uuidv7()';
  END IF;
END $$;

-- An attempt begins as created. One that is sent in the transaction that writes it may be written as sent at once; its
-- record names both moves, as if they had been made one after the other.
CREATE OR REPLACE FUNCTION move_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE flying boolean := NEW.state IN ('created', 'sent', 'requires_action', 'processing', 'unknown');
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state NOT IN ('created', 'sent') THEN RAISE EXCEPTION 'an attempt begins as created' USING ERRCODE = 'check_violation'; END IF;
    INSERT INTO attempt_transitions (tenant_id, attempt_id, to_state, at) VALUES (NEW.tenant_id, NEW.id, 'created', NEW.state_at);
    IF NEW.state = 'sent' THEN
      INSERT INTO attempt_transitions (tenant_id, attempt_id, from_state, to_state, at) VALUES (NEW.tenant_id, NEW.id, 'created', 'sent', NEW.state_at);
    END IF;
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

-- The journal moves the invoices, as before: a payment's few lines by key, a page of a sync in one statement.
CREATE OR REPLACE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d record;
BEGIN
  IF (SELECT count(*) FROM new_lines) > 20 THEN
    -- Planned each time, for as many rows as there are: a plan that is kept might be one for empty tables. Locked in the
    -- order in which invoices are locked everywhere.
    EXECUTE $many$
      WITH moved AS (
        SELECT l.tenant_id, l.invoice_id, max(e.happened_at) AS happened_at,
          sum(CASE WHEN l.credit = 'receivable' THEN l.amount_minor ELSE -l.amount_minor END) AS delta
        FROM new_lines l JOIN journal_entries e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
        WHERE l.invoice_id IS NOT NULL AND 'receivable' IN (l.debit, l.credit) AND 'billed' NOT IN (l.debit, l.credit)
        GROUP BY l.tenant_id, l.invoice_id
        HAVING sum(CASE WHEN l.credit = 'receivable' THEN l.amount_minor ELSE -l.amount_minor END) <> 0),
      locked AS (
        SELECT i.tenant_id, i.id, m.delta, m.happened_at
        FROM moved m JOIN invoices i ON i.tenant_id = m.tenant_id AND i.id = m.invoice_id
        ORDER BY i.tenant_id, i.id FOR UPDATE OF i)
      UPDATE invoices i
      SET settled_minor = i.settled_minor + k.delta,
          settled_at = CASE WHEN i.settled_minor + k.delta >= i.total_minor THEN k.happened_at ELSE NULL END
      FROM locked k WHERE i.tenant_id = k.tenant_id AND i.id = k.id
    $many$;
    RETURN NULL;
  END IF;
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
