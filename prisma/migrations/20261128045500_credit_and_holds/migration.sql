-- AlterTable
ALTER TABLE "allocations" ADD COLUMN     "credit_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "short_reason" TEXT;

-- CreateTable
CREATE TABLE "invoice_holds" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "invoice_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "actor_id" TEXT,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "answer" TEXT,
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(6),

    CONSTRAINT "invoice_holds_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "credit_applications" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "source_attempt_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "withdrawn_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "applied_on" DATE NOT NULL,
    "revision_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_applications_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "invoice_holds_tenant_id_invoice_id_idx" ON "invoice_holds"("tenant_id", "invoice_id");

-- CreateIndex
CREATE INDEX "credit_applications_tenant_id_invoice_id_idx" ON "credit_applications"("tenant_id", "invoice_id");

-- CreateIndex
CREATE INDEX "credit_applications_tenant_id_source_attempt_id_idx" ON "credit_applications"("tenant_id", "source_attempt_id");

-- AddForeignKey
ALTER TABLE "invoice_holds" ADD CONSTRAINT "invoice_holds_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_applications" ADD CONSTRAINT "credit_applications_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_applications" ADD CONSTRAINT "credit_applications_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_applications" ADD CONSTRAINT "credit_applications_tenant_id_source_attempt_id_fkey" FOREIGN KEY ("tenant_id", "source_attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say.

-- A share is paid with money, with credit, or with both.
ALTER TABLE allocations DROP CONSTRAINT allocations_amount;
ALTER TABLE allocations ADD CONSTRAINT allocations_amount CHECK (amount_minor >= 0 AND credit_minor >= 0 AND amount_minor + credit_minor > 0);
CREATE INDEX allocations_credit_reserved ON allocations (tenant_id, attempt_id) INCLUDE (credit_minor) WHERE in_flight AND credit_minor > 0;
CREATE INDEX journal_lines_unapplied ON journal_lines (tenant_id, client_id) INCLUDE (credit, amount_minor, currency) WHERE debit = 'unapplied' OR credit = 'unapplied';

ALTER TABLE invoice_holds
  ADD CONSTRAINT invoice_holds_amount CHECK (amount_minor > 0),
  ADD CONSTRAINT invoice_holds_closed CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (answer IS NULL OR closed_at IS NOT NULL));
CREATE INDEX invoice_holds_open ON invoice_holds (tenant_id, invoice_id) INCLUDE (amount_minor) WHERE closed_at IS NULL;

ALTER TABLE credit_applications
  ADD CONSTRAINT credit_applications_amount CHECK (amount_minor > 0 AND withdrawn_minor >= 0 AND withdrawn_minor <= amount_minor),
  ADD CONSTRAINT credit_applications_once UNIQUE NULLS NOT DISTINCT (tenant_id, order_id, invoice_id, source_attempt_id);
CREATE INDEX credit_applications_live ON credit_applications (tenant_id, client_id) WHERE withdrawn_minor < amount_minor;

-- A client's credit that nobody else is about to use. Whoever asks holds the client's credit until the transaction ends:
-- two tabs cannot both find the same dollar free.
CREATE FUNCTION free_credit(tenant uuid, client uuid, in_currency text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE stands bigint; reserved bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('credit:' || tenant || ':' || client, 0));
  SELECT coalesce(sum(CASE WHEN l.credit = 'unapplied' THEN l.amount_minor ELSE -l.amount_minor END), 0) INTO stands
  FROM journal_lines l
  WHERE l.tenant_id = tenant AND l.client_id = client AND l.currency = in_currency AND (l.debit = 'unapplied' OR l.credit = 'unapplied');
  SELECT coalesce(sum(l.credit_minor), 0) INTO reserved
  FROM allocations l JOIN attempts a ON a.tenant_id = l.tenant_id AND a.id = l.attempt_id
  WHERE l.tenant_id = tenant AND l.in_flight AND l.credit_minor > 0 AND a.tenant_id = tenant AND a.client_id = client AND a.currency = in_currency;
  RETURN stands - reserved;
END $$;
GRANT EXECUTE ON FUNCTION free_credit TO closeloop_app, closeloop_system;

-- A share may take no more than the invoice owes and nobody has put on hold; its credit no more than is free.
CREATE OR REPLACE FUNCTION check_allocation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owed record; held bigint;
BEGIN
  SELECT i.balance_minor, i.kind, i.state, i.currency, i.client_id, a.currency AS paid_in, a.client_id AS payer
  INTO owed
  FROM invoices i JOIN attempts a ON a.tenant_id = NEW.tenant_id AND a.id = NEW.attempt_id
  WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invoice_id
  FOR UPDATE OF i;
  IF owed.kind <> 'invoice' OR owed.state <> 'open' OR owed.currency <> owed.paid_in OR owed.client_id <> owed.payer THEN
    RAISE EXCEPTION 'this invoice cannot be paid by this attempt' USING ERRCODE = 'check_violation';
  END IF;
  SELECT coalesce(sum(h.amount_minor), 0) INTO held
  FROM invoice_holds h WHERE h.tenant_id = NEW.tenant_id AND h.invoice_id = NEW.invoice_id AND h.closed_at IS NULL;
  IF NEW.amount_minor + NEW.credit_minor > owed.balance_minor - held THEN
    RAISE EXCEPTION 'an allocation of % exceeds the balance of %, % of it on hold', NEW.amount_minor + NEW.credit_minor, owed.balance_minor, held USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.credit_minor > 0 AND NEW.credit_minor > free_credit(NEW.tenant_id, owed.client_id, owed.currency) THEN
    RAISE EXCEPTION 'a credit of % is not free', NEW.credit_minor USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- Credit is applied only as far as there is some. The rows of an order come before its journal entry, so they count together.
CREATE FUNCTION check_credit_application() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE together bigint;
BEGIN
  SELECT coalesce(sum(c.amount_minor), 0) + NEW.amount_minor INTO together
  FROM credit_applications c WHERE c.tenant_id = NEW.tenant_id AND c.order_id = NEW.order_id;
  IF together > free_credit(NEW.tenant_id, NEW.client_id, NEW.currency) THEN
    RAISE EXCEPTION 'a credit of % is not there', together USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credit_applications_check BEFORE INSERT ON credit_applications FOR EACH ROW EXECUTE FUNCTION check_credit_application();

-- No more of an invoice can be on hold than it owes.
CREATE FUNCTION check_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owed bigint; held bigint;
BEGIN
  SELECT i.balance_minor INTO owed FROM invoices i
  WHERE i.tenant_id = NEW.tenant_id AND i.id = NEW.invoice_id AND i.kind = 'invoice' FOR UPDATE OF i;
  SELECT coalesce(sum(h.amount_minor), 0) INTO held
  FROM invoice_holds h WHERE h.tenant_id = NEW.tenant_id AND h.invoice_id = NEW.invoice_id AND h.closed_at IS NULL;
  IF NEW.amount_minor > coalesce(owed, 0) - held THEN
    RAISE EXCEPTION 'a hold of % exceeds what is open: % less % on hold', NEW.amount_minor, owed, held USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invoice_holds_check BEFORE INSERT ON invoice_holds FOR EACH ROW EXECUTE FUNCTION check_hold();

SELECT protect_tenant_tables();
REVOKE UPDATE ON credit_applications, invoice_holds FROM closeloop_app, closeloop_system;
GRANT UPDATE (withdrawn_minor, revision_id) ON credit_applications TO closeloop_app, closeloop_system;
GRANT UPDATE (answer, closed_by, closed_at) ON invoice_holds TO closeloop_app, closeloop_system;
