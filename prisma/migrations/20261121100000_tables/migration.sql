-- Ids made by the database: UUIDv7 (RFC 9562), so that rows made together lie together. PostgreSQL 18 has its own; 15 does not.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  -- The twelve bits after the millisecond hold its fraction, so that rows written one after the other stay in order.
  SELECT encode(overlay(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send(us / 1000) FROM 3) FROM 1 FOR 6)
    PLACING substring(int8send(28672 + us % 1000 * 4096 / 1000) FROM 7) FROM 7 FOR 2), 'hex')::uuid
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS us) AS at
$$;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";


-- CreateTable
CREATE TABLE "staff" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "sign_ins" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "audience" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "return_to" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "audience" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "pay_links" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "token_hash" BYTEA NOT NULL,
    "invoice_id" UUID NOT NULL,
    "sent_to" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "viewed_at" TIMESTAMPTZ(6),

    CONSTRAINT "pay_links_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "stray_events" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stray_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clients" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "name" TEXT NOT NULL,
    "identifier" TEXT NOT NULL DEFAULT '',
    "billing_email" TEXT,
    "phone" TEXT NOT NULL DEFAULT '',
    "address" JSONB NOT NULL DEFAULT '{}',
    "terms_days" INTEGER,
    "currency" CHAR(3) NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en-US',
    "gone_at" TIMESTAMPTZ(6),
    "source_hash" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT NOT NULL DEFAULT '',
    "is_billing" BOOLEAN NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "gone_at" TIMESTAMPTZ(6),
    "source_hash" TEXT NOT NULL,
    "source" JSONB NOT NULL,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "agreements" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "starts_on" DATE,
    "ends_on" DATE,
    "gone_at" TIMESTAMPTZ(6),
    "source_hash" TEXT NOT NULL,
    "source" JSONB NOT NULL,

    CONSTRAINT "agreements_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "agreement_additions" (
    "tenant_id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(18,6) NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "effective_on" DATE,
    "cancelled_on" DATE,

    CONSTRAINT "agreement_additions_pkey" PRIMARY KEY ("tenant_id","agreement_id","external_id")
);

-- CreateTable
CREATE TABLE "invoices" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "agreement_id" UUID,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "psa_type" TEXT NOT NULL,
    "psa_status" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "settled_minor" BIGINT NOT NULL DEFAULT 0,
    "balance_minor" BIGINT,
    "psa_balance_minor" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "source_hash" TEXT NOT NULL,
    "voided_at" TIMESTAMPTZ(6),
    "sent_at" TIMESTAMPTZ(6),
    "viewed_at" TIMESTAMPTZ(6),
    "settled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "invoice_versions" (
    "tenant_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "source_hash" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_versions_pkey" PRIMARY KEY ("tenant_id","invoice_id","version")
);

-- CreateTable
CREATE TABLE "invoice_lines" (
    "tenant_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "position" SMALLINT NOT NULL,
    "kind" TEXT NOT NULL,
    "heading" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(18,6) NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "taxable" BOOLEAN NOT NULL,

    CONSTRAINT "invoice_lines_pkey" PRIMARY KEY ("tenant_id","invoice_id","version","position")
);

-- CreateTable
CREATE TABLE "recorded_payments" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "connection_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "invoice_id" UUID NOT NULL,
    "credit_invoice_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "paid_on" DATE NOT NULL,
    "attempt_id" UUID,
    "seen_at" TIMESTAMPTZ(6) NOT NULL,
    "gone_at" TIMESTAMPTZ(6),

    CONSTRAINT "recorded_payments_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "connections" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "kind" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "missing" JSONB NOT NULL DEFAULT '[]',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "connected_at" TIMESTAMPTZ(6) NOT NULL,
    "checked_at" TIMESTAMPTZ(6) NOT NULL,
    "disconnected_at" TIMESTAMPTZ(6),
    "last_fault" TEXT,
    "last_fault_at" TIMESTAMPTZ(6),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "sync_streams" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "cursor" JSONB,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "full_at" TIMESTAMPTZ(6),
    "read_count" INTEGER NOT NULL DEFAULT 0,
    "changed_count" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "sync_streams_pkey" PRIMARY KEY ("tenant_id","connection_id","stream")
);

-- CreateTable
CREATE TABLE "rejected_rows" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "connection_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "resolved_at" TIMESTAMPTZ(6),

    CONSTRAINT "rejected_rows_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "external_refs" (
    "tenant_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "local_id" UUID NOT NULL,

    CONSTRAINT "external_refs_pkey" PRIMARY KEY ("tenant_id","connection_id","kind","external_id")
);

-- CreateTable
CREATE TABLE "events" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "handled_at" TIMESTAMPTZ(6),
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "events_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "exceptions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "cause" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "client_id" UUID,
    "amount_minor" BIGINT,
    "currency" CHAR(3),
    "detail" TEXT NOT NULL,
    "next_step" TEXT NOT NULL,
    "owner_id" UUID,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "closed_by" TEXT,

    CONSTRAINT "exceptions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "journal_entries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "cause_kind" TEXT NOT NULL,
    "cause_id" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(6) NOT NULL,
    "booked_on" DATE NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "journal_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "journal_lines" (
    "tenant_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "debit" TEXT NOT NULL,
    "credit" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "client_id" UUID,
    "invoice_id" UUID,
    "attempt_id" UUID,
    "payout_id" UUID,

    CONSTRAINT "journal_lines_pkey" PRIMARY KEY ("tenant_id","entry_id","position")
);

-- CreateTable
CREATE TABLE "journal_unsealed" (
    "tenant_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,

    CONSTRAINT "journal_unsealed_pkey" PRIMARY KEY ("tenant_id","entry_id")
);

-- CreateTable
CREATE TABLE "journal_seals" (
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "entry_ids" UUID[],
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "journal_seals_pkey" PRIMARY KEY ("tenant_id","number")
);

-- CreateTable
CREATE TABLE "messages" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "to_email" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "client_id" UUID,
    "invoice_id" UUID,
    "attempt_id" UUID,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "messages_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "payers" (
    "tenant_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payers_pkey" PRIMARY KEY ("tenant_id","client_id","account")
);

-- CreateTable
CREATE TABLE "methods" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "account" TEXT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "funding" TEXT,
    "expires_on" DATE,
    "blocked_reason" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "methods_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "mandates" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "method_id" UUID NOT NULL,
    "mandate_id" TEXT,
    "text" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "accepted_at" TIMESTAMPTZ(6) NOT NULL,
    "accepted_ip" TEXT NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "mandates_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "client_id" UUID NOT NULL,
    "method_id" UUID,
    "account" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "surcharge_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "origin" TEXT NOT NULL,
    "actor_id" TEXT,
    "confirmation_token_id" TEXT,
    "receipt_email" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en-US',
    "method_type" TEXT,
    "method_label" TEXT,
    "payment_intent_id" TEXT,
    "charge_id" TEXT,
    "fee_minor" BIGINT,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "failure_code" TEXT,
    "failure_reason" TEXT,
    "clears_on" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),
    "state_at" TIMESTAMPTZ(6) NOT NULL,
    "succeeded_at" TIMESTAMPTZ(6),

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "allocations" (
    "tenant_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "invoice_version" INTEGER NOT NULL,
    "in_flight" BOOLEAN NOT NULL,

    CONSTRAINT "allocations_pkey" PRIMARY KEY ("tenant_id","attempt_id","invoice_id")
);

-- CreateTable
CREATE TABLE "attempt_transitions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "attempt_id" UUID NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "attempt_transitions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "attempt_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "surcharge_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "refund_id" TEXT,
    "failure_reason" TEXT,
    "actor_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "state_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "disputes" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "attempt_id" UUID NOT NULL,
    "dispute_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "evidence_due_at" TIMESTAMPTZ(6),
    "closed_at" TIMESTAMPTZ(6),

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "payouts" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "account" TEXT NOT NULL,
    "payout_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "arrives_on" DATE NOT NULL,
    "trace" TEXT,
    "complete_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "balance_transactions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "account" TEXT NOT NULL,
    "balance_transaction_id" TEXT NOT NULL,
    "payout_id" UUID,
    "attempt_id" UUID,
    "type" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "source_id" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "available_on" DATE NOT NULL,

    CONSTRAINT "balance_transactions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "postings" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "cause_kind" TEXT NOT NULL,
    "cause_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "booked_on" DATE NOT NULL,
    "external_kind" TEXT,
    "external_id" TEXT,
    "external_tag" TEXT,
    "error" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "posted_at" TIMESTAMPTZ(6),

    CONSTRAINT "postings_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "write_backs" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "attempt_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "paid_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "external_id" TEXT,
    "written_minor" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "write_backs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tie_outs" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "at" TIMESTAMPTZ(6) NOT NULL,
    "figures" JSONB NOT NULL,
    "gap_minor" BIGINT NOT NULL,

    CONSTRAINT "tie_outs_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "tenants" (
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en-US',
    "currency" CHAR(3) NOT NULL,
    "brand" JSONB NOT NULL DEFAULT '{}',
    "settings" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_tenant_id_email_key" ON "staff"("tenant_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "sign_ins_tenant_id_token_hash_key" ON "sign_ins"("tenant_id", "token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_tenant_id_token_hash_key" ON "sessions"("tenant_id", "token_hash");

-- CreateIndex
CREATE INDEX "pay_links_tenant_id_invoice_id_idx" ON "pay_links"("tenant_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "pay_links_tenant_id_token_hash_key" ON "pay_links"("tenant_id", "token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "stray_events_source_external_id_key" ON "stray_events"("source", "external_id");

-- CreateIndex
CREATE INDEX "clients_tenant_id_name_id_idx" ON "clients"("tenant_id", "name", "id");

-- CreateIndex
CREATE INDEX "contacts_tenant_id_client_id_idx" ON "contacts"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "contacts_tenant_id_email_idx" ON "contacts"("tenant_id", "email");

-- CreateIndex
CREATE INDEX "agreements_tenant_id_client_id_idx" ON "agreements"("tenant_id", "client_id");

-- CreateIndex
CREATE INDEX "invoices_tenant_id_client_id_issued_on_id_idx" ON "invoices"("tenant_id", "client_id", "issued_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "invoices_tenant_id_issued_on_id_idx" ON "invoices"("tenant_id", "issued_on" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "invoices_tenant_id_number_idx" ON "invoices"("tenant_id", "number");

-- CreateIndex
CREATE INDEX "recorded_payments_tenant_id_invoice_id_idx" ON "recorded_payments"("tenant_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "recorded_payments_tenant_id_connection_id_external_id_key" ON "recorded_payments"("tenant_id", "connection_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "rejected_rows_tenant_id_connection_id_stream_external_id_key" ON "rejected_rows"("tenant_id", "connection_id", "stream", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "external_refs_tenant_id_connection_id_kind_local_id_key" ON "external_refs"("tenant_id", "connection_id", "kind", "local_id");

-- CreateIndex
CREATE INDEX "events_tenant_id_state_received_at_idx" ON "events"("tenant_id", "state", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "events_tenant_id_source_external_id_key" ON "events"("tenant_id", "source", "external_id");

-- CreateIndex
CREATE INDEX "exceptions_tenant_id_closed_at_opened_at_idx" ON "exceptions"("tenant_id", "closed_at", "opened_at");

-- CreateIndex
CREATE INDEX "journal_entries_tenant_id_booked_on_id_idx" ON "journal_entries"("tenant_id", "booked_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "journal_entries_tenant_id_cause_kind_cause_id_key" ON "journal_entries"("tenant_id", "cause_kind", "cause_id");

-- CreateIndex
CREATE INDEX "journal_lines_tenant_id_invoice_id_idx" ON "journal_lines"("tenant_id", "invoice_id");

-- CreateIndex
CREATE INDEX "messages_tenant_id_invoice_id_idx" ON "messages"("tenant_id", "invoice_id");

-- CreateIndex
CREATE INDEX "messages_tenant_id_created_at_idx" ON "messages"("tenant_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "messages_tenant_id_key_key" ON "messages"("tenant_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "methods_tenant_id_account_payment_method_id_key" ON "methods"("tenant_id", "account", "payment_method_id");

-- CreateIndex
CREATE INDEX "attempts_tenant_id_created_at_id_idx" ON "attempts"("tenant_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "attempts_tenant_id_client_id_created_at_idx" ON "attempts"("tenant_id", "client_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "attempts_tenant_id_account_payment_intent_id_key" ON "attempts"("tenant_id", "account", "payment_intent_id");

-- CreateIndex
CREATE INDEX "allocations_tenant_id_invoice_id_idx" ON "allocations"("tenant_id", "invoice_id");

-- CreateIndex
CREATE INDEX "attempt_transitions_tenant_id_attempt_id_idx" ON "attempt_transitions"("tenant_id", "attempt_id");

-- CreateIndex
CREATE INDEX "refunds_tenant_id_attempt_id_idx" ON "refunds"("tenant_id", "attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_tenant_id_refund_id_key" ON "refunds"("tenant_id", "refund_id");

-- CreateIndex
CREATE INDEX "disputes_tenant_id_attempt_id_idx" ON "disputes"("tenant_id", "attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "disputes_tenant_id_dispute_id_key" ON "disputes"("tenant_id", "dispute_id");

-- CreateIndex
CREATE INDEX "payouts_tenant_id_arrives_on_id_idx" ON "payouts"("tenant_id", "arrives_on" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payouts_tenant_id_account_payout_id_key" ON "payouts"("tenant_id", "account", "payout_id");

-- CreateIndex
CREATE INDEX "balance_transactions_tenant_id_payout_id_idx" ON "balance_transactions"("tenant_id", "payout_id");

-- CreateIndex
CREATE INDEX "balance_transactions_tenant_id_attempt_id_idx" ON "balance_transactions"("tenant_id", "attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "balance_transactions_tenant_id_account_balance_transaction__key" ON "balance_transactions"("tenant_id", "account", "balance_transaction_id");

-- CreateIndex
CREATE INDEX "postings_tenant_id_state_idx" ON "postings"("tenant_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "postings_tenant_id_connection_id_kind_cause_kind_cause_id_key" ON "postings"("tenant_id", "connection_id", "kind", "cause_kind", "cause_id");

-- CreateIndex
CREATE INDEX "write_backs_tenant_id_state_idx" ON "write_backs"("tenant_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "write_backs_tenant_id_attempt_id_invoice_id_key" ON "write_backs"("tenant_id", "attempt_id", "invoice_id");

-- CreateIndex
CREATE INDEX "tie_outs_tenant_id_at_idx" ON "tie_outs"("tenant_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants"("slug");

-- CreateIndex
CREATE INDEX "audit_entries_tenant_id_subject_kind_subject_id_at_idx" ON "audit_entries"("tenant_id", "subject_kind", "subject_id", "at");

-- While a table is empty, every index that begins with its tenant looks equally good, and PostgreSQL takes the youngest.
-- The plan with which a session checks a foreign key is made then and kept, and would go on reading a whole tenant for
-- each row: so the primary keys are the youngest.
DO $$
DECLARE k record;
BEGIN
  FOR k IN
    SELECT conrelid::regclass AS name, conname, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'p' AND connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s', k.name, k.conname, k.conname, k.definition);
  END LOOP;
END $$;

-- AddForeignKey
ALTER TABLE "pay_links" ADD CONSTRAINT "pay_links_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreement_additions" ADD CONSTRAINT "agreement_additions_tenant_id_agreement_id_fkey" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "agreements"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_tenant_id_agreement_id_fkey" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "agreements"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_versions" ADD CONSTRAINT "invoice_versions_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_tenant_id_invoice_id_version_fkey" FOREIGN KEY ("tenant_id", "invoice_id", "version") REFERENCES "invoice_versions"("tenant_id", "invoice_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorded_payments" ADD CONSTRAINT "recorded_payments_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connections"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorded_payments" ADD CONSTRAINT "recorded_payments_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_streams" ADD CONSTRAINT "sync_streams_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connections"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rejected_rows" ADD CONSTRAINT "rejected_rows_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connections"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "external_refs" ADD CONSTRAINT "external_refs_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connections"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_lines" ADD CONSTRAINT "journal_lines_tenant_id_entry_id_fkey" FOREIGN KEY ("tenant_id", "entry_id") REFERENCES "journal_entries"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_lines" ADD CONSTRAINT "journal_lines_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_lines" ADD CONSTRAINT "journal_lines_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_lines" ADD CONSTRAINT "journal_lines_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "journal_lines" ADD CONSTRAINT "journal_lines_tenant_id_payout_id_fkey" FOREIGN KEY ("tenant_id", "payout_id") REFERENCES "payouts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payers" ADD CONSTRAINT "payers_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "methods" ADD CONSTRAINT "methods_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_tenant_id_method_id_fkey" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "methods"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_tenant_id_method_id_fkey" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "methods"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_transitions" ADD CONSTRAINT "attempt_transitions_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_transactions" ADD CONSTRAINT "balance_transactions_tenant_id_payout_id_fkey" FOREIGN KEY ("tenant_id", "payout_id") REFERENCES "payouts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "balance_transactions" ADD CONSTRAINT "balance_transactions_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id") REFERENCES "connections"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "write_backs" ADD CONSTRAINT "write_backs_tenant_id_attempt_id_fkey" FOREIGN KEY ("tenant_id", "attempt_id") REFERENCES "attempts"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "write_backs" ADD CONSTRAINT "write_backs_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
