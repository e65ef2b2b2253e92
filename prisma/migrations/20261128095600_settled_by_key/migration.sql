-- The journal moves each invoice by its key, however many they are. One statement for a whole page joined three tables, and
-- for a tenant that PostgreSQL's statistics do not know yet it takes every such table to hold one row of theirs: the join
-- then read the tenant's whole journal and all its invoices once per invoice. A kept plan is safe here, since without a
-- sequential scan there is only the primary key to find a row by.
CREATE OR REPLACE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE d record;
BEGIN
  -- In the order in which invoices are locked everywhere.
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
