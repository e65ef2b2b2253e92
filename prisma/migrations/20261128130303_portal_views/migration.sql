-- CreateTable
CREATE TABLE "portal_views" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "staff_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "portal_views_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "portal_views_tenant_id_token_hash_key" ON "portal_views"("tenant_id", "token_hash");

-- AddForeignKey
ALTER TABLE "portal_views" ADD CONSTRAINT "portal_views_tenant_id_staff_id_fkey" FOREIGN KEY ("tenant_id", "staff_id") REFERENCES "staff"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_views" ADD CONSTRAINT "portal_views_tenant_id_client_id_fkey" FOREIGN KEY ("tenant_id", "client_id") REFERENCES "clients"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal_views" ADD CONSTRAINT "portal_views_tenant_id_session_id_fkey" FOREIGN KEY ("tenant_id", "session_id") REFERENCES "sessions"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE portal_views
  ADD CONSTRAINT portal_views_reason CHECK (reason <> ''),
  ADD CONSTRAINT portal_views_short CHECK (expires_at <= created_at + interval '30 minutes');
SELECT protect_tenant_tables();
