-- CreateTable
CREATE TABLE "checkout_sessions" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "token_hash" BYTEA NOT NULL,
    "client_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "made_by_kind" TEXT NOT NULL,
    "made_by_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "checkout_sessions_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateTable
CREATE TABLE "checkout_session_invoices" (
    "tenant_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,

    CONSTRAINT "checkout_session_invoices_pkey" PRIMARY KEY ("tenant_id","session_id","invoice_id")
);

-- CreateTable
CREATE TABLE "widget_origins" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "origin" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "widget_origins_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "checkout_sessions_tenant_id_client_id_idx" ON "checkout_sessions"("tenant_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_sessions_tenant_id_token_hash_key" ON "checkout_sessions"("tenant_id", "token_hash");

-- CreateIndex
CREATE INDEX "checkout_session_invoices_tenant_id_invoice_id_idx" ON "checkout_session_invoices"("tenant_id", "invoice_id");

-- AddForeignKey
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_session_invoices" ADD CONSTRAINT "checkout_session_invoices_tenant_id_session_id_fkey" FOREIGN KEY ("tenant_id", "session_id") REFERENCES "checkout_sessions"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_session_invoices" ADD CONSTRAINT "checkout_session_invoices_tenant_id_invoice_id_fkey" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE checkout_sessions
  ADD CONSTRAINT checkout_sessions_scope CHECK (scope IN ('invoices', 'open', 'method')),
  -- Handed to a page that is not ours: it must not outlive the visit.
  ADD CONSTRAINT checkout_sessions_short CHECK (expires_at > created_at AND expires_at <= created_at + interval '1 hour');
-- A browser compares origins letter by letter, so one that is written otherwise than it writes them would match nothing.
ALTER TABLE widget_origins ADD CONSTRAINT widget_origins_origin CHECK (origin ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$');
CREATE UNIQUE INDEX widget_origins_one_live ON widget_origins (tenant_id, origin) WHERE removed_at IS NULL;
SELECT protect_tenant_tables();
