-- AlterTable
ALTER TABLE "invoice_holds" ADD COLUMN     "line_position" SMALLINT,
ADD COLUMN     "line_version" INTEGER;

-- CreateTable
CREATE TABLE "hold_messages" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT uuid_v7(),
    "hold_id" UUID NOT NULL,
    "said_by" TEXT NOT NULL,
    "actor_id" TEXT,
    "text" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "hold_messages_pkey" PRIMARY KEY ("tenant_id","id")
);

-- CreateIndex
CREATE INDEX "hold_messages_tenant_id_hold_id_idx" ON "hold_messages"("tenant_id", "hold_id");

-- AddForeignKey
ALTER TABLE "invoice_holds" ADD CONSTRAINT "invoice_holds_tenant_id_invoice_id_line_version_line_posit_fkey" FOREIGN KEY ("tenant_id", "invoice_id", "line_version", "line_position") REFERENCES "invoice_lines"("tenant_id", "invoice_id", "version", "position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold_messages" ADD CONSTRAINT "hold_messages_tenant_id_hold_id_fkey" FOREIGN KEY ("tenant_id", "hold_id") REFERENCES "invoice_holds"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say.

ALTER TABLE invoice_holds ADD CONSTRAINT invoice_holds_line CHECK ((line_version IS NULL) = (line_position IS NULL));
ALTER TABLE hold_messages
  ADD CONSTRAINT hold_messages_said_by CHECK (said_by IN ('staff', 'contact', 'link', 'checkout')),
  ADD CONSTRAINT hold_messages_text CHECK (length(text) BETWEEN 1 AND 500);
SELECT protect_tenant_tables();
REVOKE UPDATE, DELETE ON hold_messages FROM closeloop_app, closeloop_system;
