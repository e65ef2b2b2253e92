-- An invoice that a sync brings in with its payments is written with what they settle, in one row; its journal comes in the
-- same transaction, and moves it only if the two do not agree already. Written as unpaid and moved afterwards, each had
-- two rows, the first of them dead, with entries of both in all its indexes. The look costs two rows found by key; that an
-- invoice agrees with a movement just written can only be so where this very transaction has counted it.
CREATE OR REPLACE FUNCTION settle_invoices() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE d record;
BEGIN
  -- In the order in which invoices are locked everywhere, and each by its key.
  FOR d IN
    SELECT moved.tenant_id, moved.invoice_id, moved.delta,
           (SELECT max(e.happened_at) FROM journal_entries e WHERE e.tenant_id = moved.tenant_id AND e.id = ANY (moved.entry_ids)) AS happened_at
    FROM (
      SELECT l.tenant_id, l.invoice_id, array_agg(l.entry_id) AS entry_ids,
             sum(CASE WHEN l.credit = 'receivable' THEN l.amount_minor ELSE -l.amount_minor END) AS delta
      FROM new_lines l
      WHERE l.invoice_id IS NOT NULL AND 'receivable' IN (l.debit, l.credit) AND 'billed' NOT IN (l.debit, l.credit)
      GROUP BY l.tenant_id, l.invoice_id) moved
    WHERE moved.delta <> 0
      AND (SELECT i.settled_minor FROM invoices i WHERE i.tenant_id = moved.tenant_id AND i.id = moved.invoice_id) IS DISTINCT FROM
          (SELECT sum(CASE WHEN a.credit = 'receivable' THEN a.amount_minor ELSE -a.amount_minor END) FROM journal_lines a
           WHERE a.tenant_id = moved.tenant_id AND a.invoice_id = moved.invoice_id
             AND 'receivable' IN (a.debit, a.credit) AND 'billed' NOT IN (a.debit, a.credit))
    ORDER BY moved.tenant_id, moved.invoice_id
  LOOP
    UPDATE invoices i
    SET settled_minor = i.settled_minor + d.delta,
        settled_at = CASE WHEN i.settled_minor + d.delta >= i.total_minor THEN d.happened_at ELSE NULL END
    WHERE i.tenant_id = d.tenant_id AND i.id = d.invoice_id;
  END LOOP;
  RETURN NULL;
END $$;
SELECT protect_tenant_tables();
