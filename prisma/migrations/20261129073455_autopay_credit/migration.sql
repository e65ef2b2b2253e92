-- AlterTable
ALTER TABLE "scheduled_payments" ADD COLUMN     "credit_minor" BIGINT NOT NULL DEFAULT 0;

-- What is announced may be paid with credit alone; only a standing consent spends credit on a date.
ALTER TABLE scheduled_payments
  DROP CONSTRAINT scheduled_payments_amount,
  ADD CONSTRAINT scheduled_payments_amount CHECK (amount_minor >= 0 AND credit_minor >= 0 AND amount_minor + credit_minor > 0),
  ADD CONSTRAINT scheduled_payments_credit CHECK (credit_minor = 0 OR origin = 'autopay');

-- As before, and what credit was announced is never changed either: another sum is announced by another row.
CREATE OR REPLACE FUNCTION move_scheduled_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'scheduled' THEN RAISE EXCEPTION 'a scheduled payment begins as scheduled' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.amount_minor <> OLD.amount_minor OR NEW.credit_minor <> OLD.credit_minor OR NEW.currency <> OLD.currency OR NEW.client_id <> OLD.client_id OR NEW.origin <> OLD.origin THEN
    RAISE EXCEPTION 'what a scheduled payment may charge is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state <> 'scheduled' AND (NEW.run_on <> OLD.run_on OR NEW.method_id <> OLD.method_id) THEN
    RAISE EXCEPTION 'a scheduled payment that has run is not moved' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = OLD.state THEN RETURN NEW; END IF;
  IF OLD.state = 'started' AND NEW.state = 'scheduled' AND EXISTS (
    SELECT 1 FROM attempts WHERE tenant_id = OLD.tenant_id AND id = OLD.attempt_id AND state = 'failed' AND failure_code = 'never_arrived') THEN
    UPDATE scheduled_parts SET is_open = true WHERE tenant_id = NEW.tenant_id AND schedule_id = NEW.id AND NOT is_open
      AND EXISTS (SELECT 1 FROM allocations l WHERE l.tenant_id = OLD.tenant_id AND l.attempt_id = OLD.attempt_id AND l.invoice_id = scheduled_parts.invoice_id)
      AND NOT EXISTS (SELECT 1 FROM scheduled_parts o WHERE o.tenant_id = OLD.tenant_id AND o.invoice_id = scheduled_parts.invoice_id AND o.is_open);
    RETURN NEW;
  END IF;
  IF OLD.state <> 'scheduled' THEN
    RAISE EXCEPTION 'a scheduled payment does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  UPDATE scheduled_parts SET is_open = false WHERE tenant_id = NEW.tenant_id AND schedule_id = NEW.id AND is_open;
  RETURN NEW;
END $$;

-- The limit is one of the invoice, whatever pays it.
CREATE OR REPLACE FUNCTION check_autopay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE agreed record;
BEGIN
  IF NEW.autopay_id IS NULL THEN RETURN NEW; END IF;
  SELECT client_id, currency, cap_minor, ended_at INTO agreed FROM autopays WHERE tenant_id = NEW.tenant_id AND id = NEW.autopay_id FOR SHARE;
  IF agreed.client_id <> NEW.client_id OR agreed.currency <> NEW.currency OR NEW.amount_minor + NEW.credit_minor > agreed.cap_minor OR agreed.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'this is not covered by the consent it names' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

SELECT protect_tenant_tables();
