-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "waits_for" TEXT;

ALTER TABLE attempts ADD CONSTRAINT attempts_waits_for CHECK (waits_for IN ('bank', 'deposits', 'agreement'));
-- Payments that wait while this is put in: only a bank account waited for deposits.
UPDATE attempts SET waits_for = CASE method_type WHEN 'us_bank_account' THEN 'deposits' ELSE 'bank' END
WHERE state = 'requires_action';

ALTER TABLE mandates DROP CONSTRAINT mandates_kind;
ALTER TABLE mandates ADD CONSTRAINT mandates_kind CHECK (kind IN ('bank_once', 'pad_once', 'bank_saved_business', 'bank_saved_personal', 'card_saved', 'autopay_card', 'autopay_bank_business', 'autopay_bank_personal'));

SELECT protect_tenant_tables();
