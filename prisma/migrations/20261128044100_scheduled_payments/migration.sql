-- CreateTable
CREATE TABLE "scheduled_payments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "method_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'schedule',
    "run_on" DATE NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "receipt_email" TEXT,
    "locale" TEXT NOT NULL,
    "ended_reason" TEXT,
    "attempt_id" UUID,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "state_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "scheduled_payments_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "scheduled_parts" (
    "tenant_id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "is_open" BOOLEAN NOT NULL,

    CONSTRAINT "scheduled_parts_pkey" PRIMARY KEY ("tenant_id","schedule_id","invoice_id")
);

-- CreateIndex
CREATE INDEX "scheduled_payments_tenant_id_client_id_idx" ON "scheduled_payments"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "scheduled_parts_tenant_id_invoice_id_idx" ON "scheduled_parts"("tenant_id", "invoice_id");

-- AddForeignKey
ALTER TABLE "scheduled_payments" ADD CONSTRAINT "scheduled_payments_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_payments" ADD CONSTRAINT "scheduled_payments_tenant_id_method_id_fkey" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "methods"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_payments" ADD CONSTRAINT "scheduled_payments_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_parts" ADD CONSTRAINT "scheduled_parts_tenant_id_schedule_id_fkey" FOREIGN KEY ("tenant_id", "schedule_id") REFERENCES "scheduled_payments"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scheduled_parts" ADD CONSTRAINT "scheduled_parts_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE scheduled_payments
  ADD CONSTRAINT scheduled_payments_state CHECK (state IN ('scheduled', 'started', 'not_needed', 'canceled', 'failed')),
  ADD CONSTRAINT scheduled_payments_started CHECK ((state = 'started') = (attempt_id IS NOT NULL)),
  ADD CONSTRAINT scheduled_payments_ended CHECK (state NOT IN ('not_needed', 'canceled', 'failed') OR ended_reason IS NOT NULL),
  ADD CONSTRAINT scheduled_payments_amount CHECK (amount_minor > 0),
  ADD CONSTRAINT scheduled_payments_origin CHECK (origin IN ('schedule', 'autopay'));
ALTER TABLE scheduled_parts ADD CONSTRAINT scheduled_parts_amount CHECK (amount_minor > 0);
CREATE INDEX scheduled_payments_due ON scheduled_payments (tenant_id, run_on) WHERE state = 'scheduled';
-- An invoice is set to be paid once.
CREATE UNIQUE INDEX scheduled_parts_one_open ON scheduled_parts (tenant_id, invoice_id) WHERE is_open;

-- The moves of a payment set for a date. What was agreed to is never changed; where it is charged to and when, only
-- while it waits. One that was started waits again only when its attempt certainly never reached Stripe.
CREATE FUNCTION move_scheduled_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'scheduled' THEN RAISE EXCEPTION 'a scheduled payment begins as scheduled' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
  END IF;
  IF NEW.amount_minor <> OLD.amount_minor OR NEW.currency <> OLD.currency OR NEW.client_id <> OLD.client_id OR NEW.origin <> OLD.origin THEN
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
CREATE TRIGGER scheduled_payments_move BEFORE INSERT OR UPDATE ON scheduled_payments FOR EACH ROW EXECUTE FUNCTION move_scheduled_payment();

-- A part may be agreed for no more than its invoice owes, of the same client and currency, at the moment it is set.
CREATE FUNCTION check_scheduled_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owed record;
BEGIN
  SELECT i.balance_minor, i.kind, i.state, i.currency, i.client_id, s.currency AS paid_in, s.client_id AS payer
  INTO owed
  FROM invoices i JOIN scheduled_payments s ON s.tenant_id = NEW.tenant_id AND s.id = NEW.schedule_id
  WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invoice_id
  FOR UPDATE OF i;
  IF owed.kind <> 'invoice' OR owed.state <> 'open' OR owed.currency <> owed.paid_in OR owed.client_id <> owed.payer OR NEW.amount_minor > owed.balance_minor THEN
    RAISE EXCEPTION 'this invoice cannot be set to be paid so' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM allocations WHERE tenant_id = NEW.tenant_id AND invoice_id = NEW.invoice_id AND in_flight) THEN
    RAISE EXCEPTION 'a payment of this invoice is under way' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER scheduled_parts_check BEFORE INSERT ON scheduled_parts FOR EACH ROW EXECUTE FUNCTION check_scheduled_part();

-- What is set for a date is not paid beside it: that date is given up first, or it is the date's own attempt.
CREATE FUNCTION check_not_scheduled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM scheduled_parts WHERE tenant_id = NEW.tenant_id AND invoice_id = NEW.invoice_id AND is_open) THEN
    RAISE EXCEPTION 'this invoice is set to be paid on a date' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER allocations_not_scheduled BEFORE INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION check_not_scheduled();

SELECT protect_tenant_tables();
